import { _t } from "@web/core/l10n/translation";
import { DeskBulk } from "./desk_bulk";
import { KeysDialog, RejectDialog } from "./desk_dialogs";

/** What people do with the selected line: decide, choose, book it by hand. */
export class DeskDecisions extends DeskBulk {
    get suggestion() {
        const { card } = this;
        return (card?.may_decide && card.suggestion?.open && card.suggestion) || null;
    }

    get isLoaded() {
        return this.card?.id === this.desk.state.selectedId;
    }

    /** Run one thing at a time; keys pressed meanwhile do nothing. */
    async exclusively(work) {
        const { state } = this.desk;
        if (state.busy || !this.isLoaded) {
            return;
        }
        state.busy = true;
        try {
            await work();
        } finally {
            state.busy = false;
        }
    }

    // ------------------------------------------------------------------
    // One line
    // ------------------------------------------------------------------

    approve() {
        const { card, suggestion } = this;
        if (!suggestion?.fits) {
            return;
        }
        return this.exclusively(async () => {
            const logIds = [suggestion.log_id];
            const { problems } = await this.orm.call("ai.audit.log", "action_part", [
                logIds,
                "apply",
            ]);
            if (problems.length) {
                this.warn(problems.map(({ text }) => text));
                await this.stayOn(card.id);
                return;
            }
            const text = _t("%(line)s: approved", { line: this.nameOf(card) });
            this.remember({ logIds, lineIds: [card.id], text });
            await this.goOn(card.id);
        });
    }

    reject() {
        const { card, suggestion } = this;
        if (!suggestion?.fits || this.desk.state.busy) {
            return;
        }
        this.dialog.add(RejectDialog, {
            title: card.candidates[0]?.title || this.nameOf(card),
            onReject: (reason, note) =>
                this.exclusively(async () => {
                    const problems = await this.orm.call("ai.bank.desk", "ai_desk_reject", [
                        [suggestion.log_id],
                        reason,
                        note,
                    ]);
                    if (problems.length) {
                        this.warn(problems);
                    } else {
                        this.notification.add(_t("Rejected"), { type: "success" });
                    }
                    await this.stayOn(card.id);
                }),
        });
    }

    /** Make another candidate the suggestion, by its number on the card. */
    choose(rank) {
        const { card, suggestion } = this;
        const candidate = card?.candidates.find((one) => one.rank === rank);
        if (!suggestion || !candidate || candidate.index === null) {
            return;
        }
        return this.exclusively(async () => {
            await this.orm.call("ai.audit.log", "action_choose", [
                [suggestion.log_id],
                candidate.index,
            ]);
            await this.stayOn(card.id);
        });
    }

    difference(choice, accountId = false) {
        const { card } = this;
        return this.exclusively(async () => {
            try {
                await this.orm.call("account.bank.statement.line", "ai_desk_difference", [
                    [card.id],
                    choice,
                    accountId,
                ]);
            } finally {
                await this.stayOn(card.id);
            }
        });
    }

    suggest() {
        const { card } = this;
        return this.exclusively(async () => {
            await this.orm.call("ai.bank.desk", "ai_desk_suggest", [[card.id]]);
            await this.stayOn(card.id);
        });
    }

    // ------------------------------------------------------------------
    // By hand
    // ------------------------------------------------------------------

    get mayBook() {
        const { card } = this;
        return this.isLoaded && card.may_decide && !card.matched && !this.desk.state.busy;
    }

    /** Open what books the line by hand; what was done shows when it closes. */
    async openOnLine(method, args = []) {
        const { card } = this;
        const model = "account.bank.statement.line";
        const action = await this.orm.call(model, method, [[card.id], ...args]);
        await this.action.doAction(action, { onClose: () => this.stayOn(card.id) });
    }

    byHand(mode) {
        if (this.mayBook && this.card.by_hand) {
            return this.openOnLine("action_ai_by_hand", [mode]);
        }
    }

    bill() {
        if (this.mayBook && this.card.may_bill) {
            return this.openOnLine("action_ai_new_bill");
        }
    }

    expense() {
        if (this.mayBook && this.card.may_expense) {
            return this.openOnLine("action_ai_new_expense");
        }
    }

    // ------------------------------------------------------------------
    // Going on
    // ------------------------------------------------------------------

    /** A line is done: show the next one at once, while this one slides out. */
    async goOn(lineId) {
        const { desk } = this;
        const next = desk.neighbour(1) || desk.neighbour(-1);
        desk.settled = desk.settle([lineId]);
        if (next) {
            await desk.select(next, { open: desk.state.cardOpen });
            return;
        }
        await desk.settled;
        if (desk.records.length) {
            await desk.loadCard();
        } else {
            await desk.reload();
        }
    }

    /** Something changed about a line: show it as it is now, if it still belongs here. */
    async stayOn(lineId) {
        const { desk } = this;
        const next = desk.neighbour(1) || desk.neighbour(-1);
        await desk.settle([lineId]);
        if (desk.records.some(({ resId }) => resId === lineId)) {
            await desk.loadCard();
        } else {
            await desk.select(next || false, { open: desk.state.cardOpen });
        }
    }

    back() {
        this.desk.state.cardOpen = false;
    }

    help() {
        this.dialog.add(KeysDialog, {});
    }

    toggleLevel(name) {
        this.desk.toggleLevel(name);
    }

    openLine() {
        this.desk.openRecord({ resId: this.card.id });
    }

    openMove(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "account.move",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    nameOf({ partner, name, label, amount }) {
        return `${partner || name || label} ${amount}`;
    }
}
