import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The first lines of a bank's file as they will be booked. */
export class StatementPreviewField extends Component {
    static template = "ai_bank_reconcile.StatementPreviewField";
    static props = { ...standardFieldProps };

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    get more() {
        return this.props.record.data.line_count - this.rows.length;
    }

    get hasBalance() {
        return this.rows.some((row) => row.balance !== null);
    }

    format(amount, currencyId) {
        return amount === null ? "" : formatMonetary(amount, { currencyId });
    }
}

registry.category("fields").add("ai_statement_preview", {
    component: StatementPreviewField,
    displayName: _t("Preview of a Bank Statement"),
    supportedTypes: ["json"],
});
