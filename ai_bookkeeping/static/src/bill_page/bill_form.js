import { AccountMoveFormRenderer } from "@account/components/account_move_form/account_move_form";
import { patch } from "@web/core/utils/patch";

patch(AccountMoveFormRenderer.prototype, {
    /** Where the page of a bill stands beside the form, neither core's preview nor the chatter. */
    mailLayout() {
        const layout = super.mailLayout(...arguments);
        const { ai_bill_file_id: file, move_type: type } = this.props.record.data;
        const hasPage = file && ["in_invoice", "in_refund"].includes(type);
        return hasPage && layout !== "NONE" ? "BOTTOM_CHATTER" : layout;
    },
});
