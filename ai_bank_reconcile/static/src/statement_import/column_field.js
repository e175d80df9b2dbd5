import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** Chooses one of the columns of the uploaded file, which the record's "headers" lists. */
export class ColumnField extends SelectionField {
    get options() {
        return this.props.record.data.headers || [];
    }

    get string() {
        return this.options.find(([value]) => value === this.value)?.[1] || "";
    }

    onChange(value) {
        this.props.record.update({ [this.props.name]: value ?? false });
    }
}

registry.category("fields").add("ai_file_column", {
    ...selectionField,
    component: ColumnField,
    displayName: _t("Column of a File"),
    supportedTypes: ["char"],
});
