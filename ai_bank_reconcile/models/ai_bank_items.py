from odoo import api, models
from odoo.tools import SQL

OF_ITEM = (
    "account_id",
    "amount_currency",
    "amount_residual_currency",
    "currency_id",
    "move_id",
    "partner_id",
    "date",
    "date_maturity",
    "payment_id",
    "discount_date",
    "discount_amount_currency",
)
OF_MOVE = ("name", "ref", "payment_reference", "move_type")


class AiBankItems(models.AbstractModel):
    """Journal items with what their documents say, read in one query.

    Through the ORM tens of thousands of them take ten times as long.
    """

    _name = "ai.bank.items"
    _description = "Open Items for Bank Matching"

    @api.model
    def _rows(self, domain, order="id", limit=None):
        """Return a dict for each journal item in ``domain`` that the current user may read.

        Keys are ``id``, the columns above and ``commercial_partner_id``; what is not set is
        ``None``, and ``name`` is the number of the document.
        """
        Item, Move, Partner = (
            self.env[name] for name in ("account.move.line", "account.move", "res.partner")
        )
        query = Item._search(domain, order=order, limit=limit)
        Item.flush_model(OF_ITEM)
        Move.flush_model(OF_MOVE)
        Partner.flush_model(["commercial_partner_id"])
        item = query.table
        move = query.join(item, "move_id", "account_move", "id", "move_id")
        partner = query.left_join(item, "partner_id", "res_partner", "id", "partner_id")
        rows = self.env.execute_query(
            query.select(
                *(SQL.identifier(item, name) for name in ("id", *OF_ITEM)),
                *(SQL.identifier(move, name) for name in OF_MOVE),
                SQL.identifier(partner, "commercial_partner_id"),
            )
        )
        names = ("id", *OF_ITEM, *OF_MOVE, "commercial_partner_id")
        return [dict(zip(names, row, strict=True)) for row in rows]
