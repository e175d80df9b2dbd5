import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A probability as a word and a percentage: sure from 95 %, likely from 70 %, else unsure. */
export class ConfidenceField extends Component {
    static template = "ai_audit_log.ConfidenceField";
    static props = { ...standardFieldProps };

    get level() {
        const { data } = this.props.record;
        const value = data[this.props.name];
        // Where nothing fits there is nothing to be sure of.
        if (!value || (data.ai_decision || data.decision) === "none") {
            return null;
        }
        // Rounded down: 94.9 % must never read as 95 %.
        const percent = `${Math.floor(value * 1000 + 1e-6) / 10} %`;
        if (value >= 0.95) {
            return { label: _t("sure"), percent, color: "text-bg-success" };
        }
        if (value >= 0.7) {
            return { label: _t("likely"), percent, color: "text-bg-warning" };
        }
        return { label: _t("unsure"), percent, color: "text-bg-secondary" };
    }
}

registry.category("fields").add("ai_confidence", {
    component: ConfidenceField,
    displayName: _t("Confidence"),
    supportedTypes: ["float"],
    listViewWidth: 110,
});
