import { Component } from "@odoo/owl";
import { formatMonetary } from "@web/views/fields/formatters";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The journal entry a suggestion will make: account, partner, label, debit, credit. */
export class EntryField extends Component {
    static template = "ai_bank_reconcile.EntryField";
    static props = { ...standardFieldProps };

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    format(amount, currencyId) {
        return amount > 0 ? formatMonetary(amount, { currencyId }) : "";
    }
}

registry.category("fields").add("ai_entry", {
    component: EntryField,
    displayName: _t("Entry"),
    supportedTypes: ["json"],
});
