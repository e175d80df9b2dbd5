import { Component, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const RESOLVE = {
    duplicate: _t("Open the other bill"),
    new_vendor: _t("Create the vendor"),
    new_bank_account: _t("Open the bank account"),
    unread_file: _t("Read again"),
};

/** What stands out on a bill: one line each, with its ways out; what was set aside below, grey. */
export class BillFlagsField extends Component {
    static template = "ai_bookkeeping.BillFlagsField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        onWillStart(async () => {
            this.mayOverride = await user.hasGroup("ai_audit_log.group_ai_approver");
        });
    }

    get flags() {
        return this.props.record.data[this.props.name] || [];
    }

    get open() {
        return this.flags.filter(({ state }) => state === "open");
    }

    get aside() {
        return this.flags.filter(({ state }) => state !== "open");
    }

    /** What settles it, other than setting it aside. */
    resolves({ code, related_move_id: other }) {
        return code === "duplicate" ? other && RESOLVE[code] : RESOLVE[code];
    }

    asideText({ message, reason, by }) {
        return _t("%(flag)s Set aside by %(name)s: %(reason)s", {
            flag: message,
            name: by,
            reason,
        });
    }

    /** Follow a way out; what changed shows when it closes. */
    async follow(method, { id }) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call("ai.bill.flag", method, [[id]]);
        const reload = () => record.load();
        if (action && typeof action === "object") {
            await this.action.doAction(action, { onClose: reload });
        } else {
            await reload();
        }
    }
}

registry.category("fields").add("ai_bill_flags", {
    component: BillFlagsField,
    displayName: _t("Flags of a Bill"),
    supportedTypes: ["json"],
});

/** In lists: one mark a bill, what it says on hover. */
export class ListBillFlagsField extends Component {
    static template = "ai_bookkeeping.ListBillFlagsField";
    static props = { ...standardFieldProps };

    get open() {
        const flags = this.props.record.data[this.props.name] || [];
        return flags.filter(({ state }) => state === "open");
    }

    get isBlocked() {
        return this.open.some(({ level }) => level === "blocking");
    }

    get text() {
        return this.open.map(({ message }) => message).join("\n");
    }
}

registry.category("fields").add("list.ai_bill_flags", {
    component: ListBillFlagsField,
    displayName: _t("Flags of a Bill"),
    supportedTypes: ["json"],
    listViewWidth: 70,
});
