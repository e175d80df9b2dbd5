import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { decideInParts, inParts } from "@ai_audit_log/review_list/in_parts";
import { AppliedDialog } from "./desk_dialogs";

const TOAST_MS = 8000;
/** So many problems of a bulk decision are told one by one. */
const SHOWN = 5;

/** Decisions on many lines at once, and taking back what was decided. */
export class DeskBulk {
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
            await this.desk.settled;
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
    // Telling
    // ------------------------------------------------------------------

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
