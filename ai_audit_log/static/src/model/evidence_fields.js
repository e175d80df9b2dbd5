import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How many of each kind: "IBAN 2, EMAIL 1". */
export class CountsField extends Component {
    static template = "ai_audit_log.CountsField";
    static props = { ...standardFieldProps };

    get text() {
        const counts = this.props.record.data[this.props.name] || {};
        return Object.entries(counts)
            .map(([kind, count]) => `${kind} ${count}`)
            .join(", ");
    }
}

/** What a change of settings changed: "mode: suggest → automatic". */
export class ChangesField extends Component {
    static template = "ai_audit_log.ChangesField";
    static props = { ...standardFieldProps };

    get text() {
        const { old: before, new: after } = this.props.record.data[this.props.name] || {};
        if (!before || !after) {
            return "";
        }
        const names = new Set([...Object.keys(before), ...Object.keys(after)]);
        return [...names]
            .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
            .filter((name) => name !== "digest")
            .map((name) => this.change(name, before[name], after[name]))
            .filter(Boolean)
            .join(", ");
    }

    change(name, before, after) {
        const label = name.replace(/^ai_|_ids?$/g, "").replaceAll("_", " ");
        // Of an address the log tells that it changed, not where to.
        if (name === "base_url") {
            return _t("address changed");
        }
        if (this.isEmpty(before)) {
            return this.isEmpty(after) ? "" : `${label}: ${this.shown(after)}`;
        }
        return `${label}: ${this.shown(before)} → ${this.shown(after)}`;
    }

    isEmpty(value) {
        return value === undefined || value === null || value === false || value === "";
    }

    shown(value) {
        if (this.isEmpty(value)) {
            return _t("none");
        }
        return value === true ? _t("yes") : String(value);
    }
}

/** The questions to a model about a suggestion, as the log keeps them. */
export class ModelUsesField extends Component {
    static template = "ai_audit_log.ModelUsesField";
    static props = { ...standardFieldProps };

    get uses() {
        return this.props.record.data[this.props.name] || [];
    }

    outcome({ outcome }) {
        return (
            {
                used: _t("used"),
                refused: _t("refused"),
                failed: _t("no answer"),
                budget: _t("not asked: budget"),
                paused: _t("not asked: paused"),
                screened: _t("not asked: doubtful text"),
                waiting: _t("waiting"),
            }[outcome] || outcome
        );
    }
}

const fields = registry.category("fields");
fields.add("ai_counts", {
    component: CountsField,
    displayName: _t("Counts"),
    supportedTypes: ["json"],
});
fields.add("ai_changes", {
    component: ChangesField,
    displayName: _t("Changes"),
    supportedTypes: ["json"],
});
fields.add("ai_model_uses", {
    component: ModelUsesField,
    displayName: _t("Questions to the Model"),
    supportedTypes: ["json"],
});
