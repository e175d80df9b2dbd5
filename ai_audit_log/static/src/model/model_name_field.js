import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** The name of a model, offering those that the connection told of at its last test. */
export class ModelNameField extends CharField {
    static template = "ai_audit_log.ModelNameField";

    get listId() {
        return `${this.props.id || this.props.name}_offered`;
    }

    get offered() {
        return this.props.record.data.model_names || [];
    }
}

registry.category("fields").add("ai_model_name", {
    ...charField,
    component: ModelNameField,
    displayName: _t("Name of a Model"),
    supportedTypes: ["char"],
    fieldDependencies: [{ name: "model_names", type: "json" }],
});
