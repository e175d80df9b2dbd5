import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";
import { KEYS } from "./desk_keys";

/** All keys of the desk. */
export class KeysDialog extends Component {
    static template = "ai_bank_reconcile.KeysDialog";
    static components = { Dialog };
    static props = { close: Function };

    setup() {
        this.keys = KEYS();
    }
}

/** Asks why a suggestion is rejected: one of the wizard's reasons, and a note. */
export class RejectDialog extends Component {
    static template = "ai_bank_reconcile.RejectDialog";
    static components = { Dialog };
    static props = { title: String, onReject: Function, close: Function };

    setup() {
        this.orm = useService("orm");
        const reasons = useRef("reasons");
        onMounted(() => reasons.el.querySelector("input").focus());
        this.answer = useState({ reason: "", note: "" });
        onWillStart(async () => {
            const { reason } = await this.orm
                .cache()
                .call("ai.audit.reject", "fields_get", [["reason"], ["selection"]]);
            this.reasons = reason.selection.map(([value, label]) => ({ value, label }));
            this.answer.reason = this.reasons[0].value;
        });
    }

    onKeydown(ev) {
        const number = Number(ev.key);
        if (ev.target.type === "radio" && number >= 1 && number <= this.reasons.length) {
            this.answer.reason = this.reasons[number - 1].value;
        } else if (ev.key === "Enter" && ev.target.tagName === "INPUT") {
            ev.preventDefault();
            this.reject();
        }
    }

    async reject() {
        this.props.close();
        await this.props.onReject(this.answer.reason, this.answer.note);
    }
}

/** What the user applied today, newest first, each with undo. */
export class AppliedDialog extends Component {
    static template = "ai_bank_reconcile.AppliedDialog";
    static components = { Dialog };
    static props = {
        // What was decided last on this screen: { logIds, lineIds, text }, if anything was.
        last: { type: Object, optional: true },
        onUndo: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        onWillStart(async () => {
            this.rows = await this.orm.call("ai.bank.desk", "ai_desk_applied", []);
        });
    }

    undo(rows) {
        this.props.close();
        this.props.onUndo({
            logIds: rows.map((row) => row.log_id),
            lineIds: rows.map((row) => row.line_id),
        });
    }

    undoLast() {
        this.props.close();
        this.props.onUndo(this.props.last);
    }
}
