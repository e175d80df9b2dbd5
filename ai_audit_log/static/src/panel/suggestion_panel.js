import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ConfidenceField } from "../fields/confidence_field";
import { isAlarm, ReasonsField } from "../fields/reasons_field";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * The suggestion of a business document: what, how sure, why, who decides, and the buttons; after
 * it was applied by whom and when, with undo. For every model with the suggestion mixin.
 */
export class SuggestionPanel extends Component {
    static template = "ai_audit_log.SuggestionPanel";
    static components = { ConfidenceField, ReasonsField };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get data() {
        return this.props.record.data;
    }

    get isOpen() {
        return Boolean(this.data.ai_suggestion_id);
    }

    get fits() {
        return this.data.ai_decision !== "none";
    }

    /** Where nothing fits, only what would be wrong to overlook. */
    get showsVetoes() {
        const vetoes = this.data.ai_vetoes || [];
        return this.fits ? vetoes.length > 0 : vetoes.some(isAlarm);
    }

    /** Where the model wrote the sentence, that says it; else what became of the question. */
    get modelNote() {
        return !this.data.ai_explanation && this.data.ai_model_note;
    }

    get waitsFor() {
        return {
            approve: _t("Waits for an approver."),
            apply: _t("Will be applied automatically."),
        }[this.data.ai_decision];
    }

    get appliedText() {
        const { ai_applied_by_id: user, ai_applied_at: moment } = this.data;
        const when = typeof moment === "string" ? deserializeDateTime(moment) : moment;
        return _t("Applied by %(user)s, %(when)s", {
            user: user.display_name,
            when: formatDateTime(when),
        });
    }

    /** Call a button of the mixin; what it returns tells the outcome and reloads the page. */
    async call(method) {
        const { record } = this.props;
        const action = await this.orm.call(record.resModel, method, [[record.resId]]);
        await this.action.doAction(action);
    }
}

registry.category("view_widgets").add("ai_suggestion_panel", {
    component: SuggestionPanel,
    fieldDependencies: [
        { name: "ai_suggestion_id", type: "many2one" },
        { name: "ai_summary", type: "char" },
        { name: "ai_confidence", type: "float" },
        { name: "ai_reasons", type: "json" },
        { name: "ai_vetoes", type: "json" },
        { name: "ai_explanation", type: "text" },
        { name: "ai_model_name", type: "char" },
        { name: "ai_model_note", type: "text" },
        { name: "ai_decision", type: "char" },
        { name: "ai_applied_log_id", type: "many2one" },
        { name: "ai_applied_by_id", type: "many2one" },
        { name: "ai_applied_at", type: "datetime" },
    ],
});
