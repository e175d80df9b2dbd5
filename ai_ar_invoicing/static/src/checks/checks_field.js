import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ConfidenceField } from "@ai_audit_log/fields/confidence_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ICONS = {
    ok: "fa-check-circle text-success",
    warning: "fa-exclamation-triangle text-warning",
    blocking: "fa-ban text-danger",
};

/**
 * The checks of a customer invoice: what was found on top, each with its fix and a way to it; what
 * passed behind one line.
 */
export class ChecksField extends Component {
    static template = "ai_ar_invoicing.ChecksField";
    static components = { ConfidenceField };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ all: false });
    }

    get value() {
        return this.props.record.data[this.props.name] || { groups: [] };
    }

    get checks() {
        return this.value.groups.flatMap(({ checks }) => checks);
    }

    count(level) {
        return this.checks.filter((check) => check.level === level).length;
    }

    /** Groups with something to see: all of them once somebody asked for it. */
    get groups() {
        const shown = this.value.groups.map(({ name, checks }) => ({
            name,
            checks: checks.filter((check) => this.state.all || check.level !== "ok"),
        }));
        return shown.filter(({ checks }) => checks.length);
    }

    get title() {
        const parts = [];
        const blocking = this.count("blocking");
        const warnings = this.count("warning");
        if (blocking) {
            parts.push(_t("%s blocking", blocking));
        }
        if (warnings === 1) {
            parts.push(_t("1 warning"));
        } else if (warnings) {
            parts.push(_t("%s warnings", warnings));
        }
        parts.push(_t("%s passed", this.count("ok")));
        return parts.join(" · ");
    }

    icon(level) {
        return ICONS[level];
    }

    label({ mend }) {
        return mend ? _t("Mend") : _t("Open");
    }

    /** Suggestions for a part of the invoice: revenue accounts, a note in better words. */
    get parts() {
        const { ai_account_suggestion: accounts, ai_note_suggestion: note } =
            this.props.record.data;
        const parts = [];
        if (accounts) {
            parts.push({ ...accounts, kind: "accounts" });
        }
        if (note) {
            parts.push({ ...note, kind: "note", title: _t("Note to the customer") });
        }
        return parts;
    }

    /** What the badge of confidence reads. */
    confidence(part) {
        return { data: { confidence: part.confidence } };
    }

    /** Approve or undo; what it returns tells the outcome and reloads the page. */
    async decide(method, part) {
        await this.props.record.save();
        const action = await this.orm.call("ai.audit.log", method, [[part.id]]);
        await this.action.doAction(action);
    }

    reject(part) {
        return this.action.doAction("ai_audit_log.action_ai_audit_reject", {
            additionalContext: { active_ids: [part.id] },
            onClose: () => this.props.record.load(),
        });
    }

    async follow({ mend, model, id }) {
        const { record } = this.props;
        if (!mend) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: model,
                res_id: id,
                views: [[false, "form"]],
            });
        }
        await record.save();
        await this.orm.call(record.resModel, "action_ai_mend", [[record.resId], mend]);
        await record.load();
    }
}

registry.category("fields").add("ai_checks", {
    component: ChecksField,
    displayName: _t("Checks"),
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "ai_account_suggestion", type: "json" },
        { name: "ai_note_suggestion", type: "json" },
    ],
});
