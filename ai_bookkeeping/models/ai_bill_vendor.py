import re

from stdnum.eu import vat as eu_vat

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.ai_finance_engine import names

from ..engine.senders import PUBLIC, domain_of

#: Names are one vendor's from this likeness on, where no other comes near.
ALIKE = 0.9
LEAD = 0.08
#: Vendors that are offered where none is sure.
OFFERED = 3
OFFER_FROM = 0.72


class AiBillVendor(models.AbstractModel):
    """Finds the vendor of bills: by tax id, bank account, what was learned, then by name."""

    _name = "ai.bill.vendor"
    _description = "Vendor of a Bill"

    # ------------------------------------------------------------------
    # Finding
    # ------------------------------------------------------------------

    @api.model
    def _find(self, moves, readings=None):
        """Return ``{move: {"partner_id", "by", "choices"}}`` for bills that were read.

        :param readings: ``{move: reading}``, by default those kept on the bills
        """
        readings = readings or {move: move.ai_bill_reading or {} for move in moves}
        read = {move: self._read_values(readings[move]) for move in moves}
        found = {}
        for company, group in moves.grouped("company_id").items():
            known = self._known(company, [read[move] for move in group])
            for move in group:
                found[move] = self._decide(read[move], known)
        return found

    def _read_values(self, reading):
        fields = {**(reading.get("more") or {}), **(reading.get("fields") or {})}

        def value(name):
            return (fields.get(name) or {}).get("value") or ""

        return {
            "vat": self._key("vat", value("vendor_vat")),
            "registry": self._key("vat", value("vendor_registry")),
            "iban": re.sub(r"[^A-Z0-9]", "", value("vendor_iban").upper()),
            "name": value("vendor_name"),
        }

    def _known(self, company, reads):
        """Return what is known of vendors that these readings may mean, in one query a kind."""
        Partner = self.env["res.partner"].with_context(active_test=True)
        domain = Domain(Partner._check_company_domain(company)) & Domain("parent_id", "=", False)
        vats = {read[name] for read in reads for name in ("vat", "registry") if read[name]}
        ibans = {read["iban"] for read in reads if read["iban"]}
        named = {self._key("name", read["name"]) for read in reads if read["name"]}
        return {
            "vat": self._by_vat(Partner, domain, vats),
            "iban": self._by_iban(company, ibans),
            "alias": self._by_alias(company, vats, named),
            "name": self._names(Partner, domain) if named else [],
        }

    def _by_vat(self, Partner, domain, vats):
        """Return ``{vat: partner ids}`` for tax ids and registry numbers, however written."""
        if not vats:
            return {}
        # The country's letters may be missing on either side: compared by what follows them.
        tails = {self._tail(vat) for vat in vats}
        like = Domain.OR(
            Domain(name, "ilike", tail[-5:])
            for tail in tails
            for name in ("vat", "company_registry")
        )
        found = {}
        for partner in Partner.search_fetch(domain & like, ["vat", "company_registry"]):
            for written in (partner.vat, partner.company_registry):
                key = self._key("vat", written)
                if key:
                    found.setdefault(key, set()).add(partner.id)
                    found.setdefault(self._tail(key), set()).add(partner.id)
        return found

    def _by_iban(self, company, ibans):
        if not ibans:
            return {}
        Bank = self.env["res.partner.bank"]
        found = {}
        for bank in Bank.search(
            Domain(Bank._check_company_domain(company))
            & Domain("sanitized_acc_number", "in", [*ibans])
        ):
            partner = bank.partner_id.commercial_partner_id
            if partner != company.partner_id:
                found.setdefault(bank.sanitized_acc_number, set()).add(partner.id)
        return found

    def _by_alias(self, company, vats, named):
        if not (vats or named):
            return {}
        # The memory is the product's; what it says of a vendor is the same for everybody.
        Alias = self.env["ai.bill.vendor.alias"].sudo()
        domain = Domain("company_id", "=", company.id) & (
            (Domain("kind", "=", "vat") & Domain("key", "in", [*vats]))
            | (Domain("kind", "=", "name") & Domain("key", "in", [*named]))
        )
        found = {}
        for alias in Alias.search(domain):
            found.setdefault((alias.kind, alias.key), set()).add(alias.partner_id.id)
        return found

    def _names(self, Partner, domain):
        """Return ``[(id, parsed name)]`` of vendors: companies, and people billed from before."""
        vendors = domain & (Domain("supplier_rank", ">", 0) | Domain("is_company", "=", True))
        rows = Partner.search_read(vendors, ["name"], limit=20_000, order="supplier_rank desc, id")
        return [(row["id"], names.parse(row["name"] or "")) for row in rows]

    def _decide(self, read, known):
        """Return the vendor that one proof names; two that disagree leave it to a person."""
        by_vat = known["vat"].get(read["vat"]) or known["vat"].get(self._tail(read["vat"])) or set()
        by_vat = by_vat or known["alias"].get(("vat", read["vat"]), set())
        by_iban = known["iban"].get(read["iban"], set())
        by_name = known["alias"].get(("name", self._key("name", read["name"])), set())
        by_number = known["vat"].get(read["registry"], set())
        proofs = (("vat", by_vat), ("registry", by_number), ("iban", by_iban), ("alias", by_name))
        for kind, ids in proofs:
            if len(ids) == 1:
                return {"partner_id": next(iter(ids)), "by": kind, "choices": []}
            if len(ids) > 1:
                narrowed = ids & (by_iban or ids) & (by_name or ids)
                if len(narrowed) == 1:
                    return {"partner_id": next(iter(narrowed)), "by": kind, "choices": []}
                return {"partner_id": False, "by": kind, "choices": sorted(ids)[:OFFERED]}
        return self._by_likeness(read, known["name"])

    def _by_likeness(self, read, vendors):
        if not read["name"]:
            return {"partner_id": False, "by": False, "choices": []}
        wanted = names.parse(read["name"])
        scored = sorted(
            ((names.compare(wanted, name), -one) for one, name in vendors), reverse=True
        )
        best, second = [*scored[:2], (0.0, 0), (0.0, 0)][:2]
        # A tax id that nobody has speaks against the name: another company of that name.
        if best[0] >= ALIKE and best[0] - second[0] >= LEAD and not read["vat"]:
            return {"partner_id": -best[1], "by": "name", "choices": []}
        if best[0] >= ALIKE and best[0] - second[0] >= LEAD:
            partner = self.env["res.partner"].browse(-best[1])
            if not partner.vat:
                return {"partner_id": partner.id, "by": "name", "choices": []}
        offered = [-one for score, one in scored[:OFFERED] if score >= OFFER_FROM]
        return {"partner_id": False, "by": "name" if offered else False, "choices": offered}

    # ------------------------------------------------------------------
    # Comparing
    # ------------------------------------------------------------------

    @api.model
    def _key(self, kind, value):
        """Return a value made comparable, empty where nothing is left of it."""
        value = value or ""
        if kind == "vat":
            compact = re.sub(r"[^A-Z0-9]", "", value.upper())
            return compact if sum(map(str.isdigit, compact)) >= 5 else ""
        if kind == "name":
            parsed = names.parse(value)
            return " ".join((*parsed.tokens, *sorted(parsed.legal)))
        if kind == "domain":
            return domain_of(value) or value.strip().lower()
        return value.strip()

    def _tail(self, vat):
        """Return a tax id without the letters of its country."""
        head = vat[:2]
        known = head.isalpha() and (
            head.lower() in eu_vat.MEMBER_STATES or head in ("GB", "CH", "EL")
        )
        return vat[2:] if known else vat

    # ------------------------------------------------------------------
    # Learning
    # ------------------------------------------------------------------

    @api.model
    def _learn(self, moves):
        """Remember under which names, tax ids and mail domains posted bills came."""
        wanted = {}
        for move in moves.filtered(lambda one: one.ai_bill_reading and one.partner_id):
            for kind, value in self._seen(move):
                key = self._key(kind, value)
                if key:
                    place = (move.company_id.id, move.commercial_partner_id.id, kind, key)
                    wanted.setdefault(place, []).append((value, move))
        if not wanted:
            return
        # Posting teaches whoever posts: the memory is the product's.
        Alias = self.env["ai.bill.vendor.alias"].sudo()
        known = {
            (alias.company_id.id, alias.partner_id.id, alias.kind, alias.key): alias
            for alias in Alias.search(
                [("partner_id", "in", [place[1] for place in wanted])]
                + [("company_id", "in", [place[0] for place in wanted])]
            )
        }
        for place in wanted.keys() & known.keys():
            known[place].seen += len(wanted[place])
        Alias.create(
            [
                {
                    **{"company_id": place[0], "partner_id": place[1], "kind": place[2]},
                    **{"value": sightings[0][0], "seen": len(sightings)},
                    "move_id": sightings[0][1].id,
                }
                for place, sightings in wanted.items()
                if place not in known
            ]
        )

    def _seen(self, move):
        read = self._read_values(move.ai_bill_reading)
        yield "name", read["name"]
        yield "vat", read["vat"]
        domain = domain_of(move.invoice_source_email)
        lookalike = move.ai_bill_flag_ids.filtered(lambda flag: flag.code == "lookalike_sender")
        if domain and domain not in PUBLIC and not lookalike:
            yield "domain", domain
        pattern = re.sub(r"[A-Za-z]", "A", re.sub(r"\d", "0", move.ref or ""))
        yield "number", pattern
