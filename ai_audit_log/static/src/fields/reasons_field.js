import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A text that hides something or gives orders to a machine is not a reason like others. */
export function isAlarm({ code }) {
    return (code || "").startsWith("injection_");
}

/** Reasons as short chips: "reference 00042", "amount exact", "name 96 %". */
export class ReasonsField extends Component {
    static template = "ai_audit_log.ReasonsField";
    static props = { ...standardFieldProps };

    get reasons() {
        return this.props.record.data[this.props.name] || [];
    }

    isAlarm(reason) {
        return isAlarm(reason);
    }
}

/** In lists one line a row: the reasons as text, whole on hover. */
export class ListReasonsField extends ReasonsField {
    static template = "ai_audit_log.ListReasonsField";

    get text() {
        return this.reasons.map(({ text }) => text).join(" · ");
    }
}

registry.category("fields").add("ai_reasons", {
    component: ReasonsField,
    displayName: _t("Reasons"),
    supportedTypes: ["json"],
});

registry.category("fields").add("list.ai_reasons", {
    component: ListReasonsField,
    displayName: _t("Reasons"),
    supportedTypes: ["json"],
});
