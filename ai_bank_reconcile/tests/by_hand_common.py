from .coding_common import CodingCommon


class ByHandCommon(CodingCommon):
    """A company with accounts, a tax with tags and open documents, and no history."""

    @classmethod
    def history(cls):
        """Nothing was booked before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["account.analytic.plan"].create({"name": "Projects"})
        cls.project = cls.env["account.analytic.account"].create(
            {"name": "Office", "plan_id": cls.plan.id}
        )

    def of_item(self, move, amount, **values):
        return {"move_line_id": self.open_item(move).id, "amount": amount, **values}

    def of_account(self, account, amount, **values):
        return {"account_id": account.id, "amount": amount, **values}

    def book(self, line, *parts, user=None):
        """Book ``parts`` of ``line`` as a clerk and return the row of the log."""
        result = line.with_user(user or self.clerk).ai_by_hand_book(list(parts))
        self.env.invalidate_all()
        return self.env["ai.audit.log"].browse(result["log_id"])

    def books(self):
        """Also balances by tax tag, tax and analytic account."""
        balances = super().books()
        domain = [("company_id", "=", self.company.id), ("parent_state", "=", "posted")]
        Item = self.env["account.move.line"]
        tags = Item._read_group(
            [*domain, ("tax_tag_ids", "!=", False)], ["tax_tag_ids"], ["balance:sum"]
        )
        taxes = Item._read_group(
            [*domain, ("tax_line_id", "!=", False)], ["tax_line_id"], ["tax_base_amount:sum"]
        )
        analytic = self.env["account.analytic.line"]._read_group(
            [("company_id", "=", self.company.id)], ["account_id"], ["amount:sum"]
        )
        sums = [{row[0]: row[1:] for row in g if row[1]} for g in (tags, taxes, analytic)]
        return (*balances, *sums)

    def undo(self, log):
        log.with_user(self.clerk).action_undo()
        self.env.invalidate_all()
        self.assertEqual(log.state, "undone", log.error)

    def booked(self, line):
        """Return ``{account: balance}`` of the entry without the bank's own item."""
        liquidity, _suspense, _other = line._seek_for_lines()
        groups = (line.line_ids - liquidity).grouped("account_id")
        return {account: round(sum(g.mapped("balance")), 2) for account, g in groups.items()}
