import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The other candidates of a suggestion, each with its reasons and a button to choose it. */
export class CandidatesField extends Component {
    static template = "ai_audit_log.CandidatesField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get alternatives() {
        return this.props.record.data[this.props.name] || [];
    }

    percent(confidence) {
        return `${Math.floor(confidence * 1000 + 1e-6) / 10} %`;
    }

    /** On a document the log row is the live suggestion; in the log it is the record itself. */
    get logId() {
        const { record } = this.props;
        return record.resModel === "ai.audit.log" ? record.resId : record.data.ai_suggestion_id.id;
    }

    async choose(index) {
        const next = await this.orm.call("ai.audit.log", "action_choose", [[this.logId], index]);
        await this.action.doAction(next);
    }
}

registry.category("fields").add("ai_candidates", {
    component: CandidatesField,
    displayName: _t("Candidates"),
    supportedTypes: ["json"],
});
