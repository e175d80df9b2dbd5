import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ConfidenceField } from "@ai_audit_log/fields/confidence_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { shown } from "../bill_page/reading";

/** Up to three ways to book a line, each with its reasons and the lines that were booked so. */
export class CodingPopover extends Component {
    static template = "ai_bookkeeping.CodingPopover";
    static components = { ConfidenceField };
    static props = { choices: Array, readonly: Boolean, choose: Function, open: Function, close: Function };

    asRecord({ confidence }) {
        return { data: { confidence } };
    }

    date({ date }) {
        return shown("date", date);
    }

    amount({ amount }) {
        return shown("amount", amount);
    }

    choose(index) {
        this.props.close();
        return this.props.choose(index);
    }

    open(moveId) {
        this.props.close();
        return this.props.open(moveId);
    }
}

export class CodingField extends Component {
    static template = "ai_bookkeeping.CodingField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.popover = usePopover(CodingPopover, { position: "bottom-end" });
    }

    get choices() {
        return this.props.record.data[this.props.name] || [];
    }

    get isSure() {
        return this.choices[0].confidence >= 0.95;
    }

    /** The account the line is booked on now; the column of accounts is not everybody's. */
    get account() {
        return this.props.record.data.account_id?.display_name || "";
    }

    show(ev) {
        this.popover.open(ev.currentTarget, {
            choices: this.choices,
            readonly: this.props.record.data.parent_state !== "draft",
            choose: (index) => this.choose(index),
            open: (moveId) => this.openMove(moveId),
        });
    }

    async choose(index) {
        const { record } = this.props;
        const bill = record._parentRecord || record;
        const { resId } = record;
        if (resId && (await bill.save())) {
            await this.orm.call(record.resModel, "action_ai_coding_choose", [[resId], index]);
            await bill.load();
        }
    }

    openMove(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "account.move",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("ai_coding_choices", {
    component: CodingField,
    displayName: _t("Coding Choices"),
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "parent_state", type: "selection" },
        { name: "account_id", type: "many2one", relation: "account.account" },
    ],
    listViewWidth: 90,
});
