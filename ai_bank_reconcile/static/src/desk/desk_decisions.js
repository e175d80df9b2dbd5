import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { decideInParts, inParts } from "@ai_audit_log/review_list/in_parts";
import { AppliedDialog, KeysDialog, RejectDialog } from "./desk_dialogs";

const TOAST_MS = 8000;
/** So many problems of a bulk decision are told one by one. */
const SHOWN = 5;

/** What people do on the desk: decide on a line or on all that are sure, and take it back. */
export class DeskDecisions {
    /**
     * @param {Object} desk the controller: state, selection, list
     * @param {{orm, action, dialog, notification}} services
     */
    constructor(desk, services) {
        Object.assign(this, services, { desk });
        // What was decided on this screen, newest last: { logIds, lineIds, text }.
        this.done = [];
    }

    get card() {
        return this.desk.state.card;
    }

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

    /** The dialog that books a line by hand; none is offered while it is not installed. */
    get byHandDialog() {
        return odoo.loader.modules.get("@ai_bank_reconcile/by_hand/by_hand_dialog")?.ByHandDialog;
    }

    byHand(mode) {
        if (!this.byHandDialog || !this.mayBook) {
            return;
        }
        const { card } = this;
        this.dialog.add(this.byHandDialog, {
            lineId: card.id,
            mode,
            onBooked: () => this.goOn(card.id),
        });
    }

    async bill() {
        const { card } = this;
        if (!this.mayBook || !card.may_bill) {
            return;
        }
        const model = "account.bank.statement.line";
        const action = await this.orm.call(model, "action_ai_new_bill", [[card.id]]);
        await this.action.doAction(action, { onClose: () => this.stayOn(card.id) });
    }

    // ------------------------------------------------------------------
    // Many lines
    // ------------------------------------------------------------------

    async approveAll() {
        const { scope } = this.desk;
        const sure = await this.orm.call("ai.bank.desk", "ai_desk_sure", [scope]);
        const count = sure.log_ids.length;
        if (!count) {
            this.warn([_t("Nothing sure waits any more.")]);
            await this.desk.reload();
            return;
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Approve all that are sure"),
            body: _t("%(count)s lines, %(amount)s. Lines with a doubt or a warning are left to you.", {
                count,
                amount: sure.amount,
            }),
            confirmLabel: _t("Approve %s", count),
            confirm: () => this.approveMany(sure),
            cancel: () => {},
        });
    }

    async approveMany({ log_ids: ids, line_ids: lines }) {
        const lineOf = Object.fromEntries(ids.map((id, index) => [id, lines[index]]));
        await this.inBulk(_t("Approving"), "apply", ids, (result) => {
            const logIds = result.done;
            const text = _t("%s approved", logIds.length);
            if (logIds.length) {
                this.remember({ logIds, lineIds: logIds.map((id) => lineOf[id]), text });
            }
        });
    }

    async inBulk(title, action, ids, onDone) {
        const { state } = this.desk;
        state.busy = true;
        try {
            const result = await decideInParts(this, action, title, ids);
            onDone(result);
            this.tell(result);
            await this.desk.reload();
            if (result.error) {
                throw result.error;
            }
        } finally {
            state.busy = false;
        }
    }

    async suggestAll() {
        const { state } = this.desk;
        state.busy = true;
        try {
            const ids = await this.orm.call("ai.bank.desk", "ai_desk_new", [this.desk.scope]);
            await this.suggestFor(ids);
            await this.desk.reload();
        } finally {
            state.busy = false;
        }
    }

    async suggestFor(ids) {
        const look = (part) => this.orm.call("ai.bank.desk", "ai_desk_suggest", [part]);
        const { error } = await inParts(this.dialog, _t("Looking for matches"), ids, look);
        if (error) {
            throw error;
        }
    }

    import() {
        return this.action.doAction("ai_bank_reconcile.action_bank_statement_import", {
            onClose: () => this.desk.reload(),
        });
    }

    // ------------------------------------------------------------------
    // Undo
    // ------------------------------------------------------------------

    remember(entry) {
        this.done.push(entry);
        this.closeToast?.();
        this.closeToast = this.notification.add(entry.text, {
            type: "success",
            autocloseDelay: TOAST_MS,
            buttons: [{ name: _t("Undo"), icon: "fa-undo", onClick: () => this.undo(entry) }],
        });
    }

    undoLast() {
        const entry = this.done.at(-1);
        return entry ? this.undo(entry) : this.showApplied();
    }

    undoCard() {
        const { card } = this;
        return this.undo({ logIds: [card.applied.log_id], lineIds: [card.id] });
    }

    /** Take back what was applied, and show the lines as they were: with a suggestion. */
    async undo({ logIds, lineIds }) {
        const { state } = this.desk;
        if (state.busy) {
            return;
        }
        this.closeToast?.();
        state.busy = true;
        try {
            const result = await decideInParts(this, "undo", _t("Undoing"), logIds);
            const undone = new Set([...result.done, ...result.unchanged]);
            this.forget(undone);
            await this.suggestFor(lineIds.filter((_id, index) => undone.has(logIds[index])));
            if (result.done.length) {
                const text = _t("%s undone", result.done.length);
                this.notification.add(text, { type: "success" });
            }
            this.tell(result);
            await this.desk.reload(lineIds[0]);
            if (result.error) {
                throw result.error;
            }
        } finally {
            state.busy = false;
        }
    }

    /** What is undone is not undone again by the next ``u``. */
    forget(undone) {
        this.done = this.done.filter(({ logIds }) => !logIds.every((id) => undone.has(id)));
    }

    showApplied() {
        if (!this.desk.state.overview?.may_decide) {
            return;
        }
        const last = this.done.at(-1);
        this.dialog.add(AppliedDialog, {
            ...(last && { last }),
            onUndo: (entry) => this.undo(entry),
        });
    }

    // ------------------------------------------------------------------
    // Going on, telling
    // ------------------------------------------------------------------

    /** A line is done: show the next one while it slides out. */
    async goOn(lineId) {
        const { desk } = this;
        const next = desk.neighbour(1) || desk.neighbour(-1);
        const shown = next ? desk.select(next, { open: desk.state.cardOpen }) : null;
        await Promise.all([shown, desk.settle([lineId])]);
        if (!desk.records.some(({ resId }) => resId === desk.state.selectedId)) {
            await desk.reload();
        } else if (desk.state.selectedId === lineId) {
            await desk.loadCard();
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

    warn(lines) {
        this.notification.add(lines.join("\n"), { type: "warning", autocloseDelay: TOAST_MS });
    }

    tell({ problems, notTried }) {
        const lines = problems.slice(0, SHOWN).map(({ name, text }) => `${name}: ${text}`);
        if (problems.length > SHOWN) {
            lines.push(_t("and %s more", problems.length - SHOWN));
        }
        if (notTried.length) {
            lines.push(_t("%s were not tried", notTried.length));
        }
        if (lines.length) {
            this.notification.add(lines.join("\n"), { type: "warning", sticky: true });
        }
    }
}
