import { patch } from "@web/core/utils/patch";
import { DeskDecisions } from "@ai_bank_reconcile/desk/desk_decisions";

patch(DeskDecisions.prototype, {
    /** Ask for what the payer sent about this line. */
    remittance() {
        if (this.mayBook && this.card.may_remit) {
            return this.openOnLine("action_ai_remittance");
        }
    },

    openRemittance(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ai.bank.remittance",
            res_id: id,
            views: [[false, "form"]],
        });
    },
});
