import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { registry } from "@web/core/registry";
import { formatDate, deserializeDate } from "@web/core/l10n/dates";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const LIMIT = 20;

/** Open items for a bank line, the nearest first; Enter or a click makes one a part of the line. */
export class ByHandSearch extends Component {
    static template = "ai_bank_reconcile.ByHandSearch";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ text: "", items: [], more: false, active: 0 });
        this.input = this.data.search_first ? useAutofocus({ refName: "input" }) : useRef("input");
        this.table = useRef("table");
        this.searchSoon = useDebounced(() => this.searchNow(), 250);
        onWillStart(() => this.search());
        useEffect(
            () => {
                const row = this.table.el?.querySelector(".table-active");
                row?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.active]
        );
    }

    get data() {
        return this.props.record.data;
    }

    get chosen() {
        return this.data.part_ids.records.map((part) => part.data.move_line_id?.id);
    }

    get items() {
        const chosen = new Set(this.chosen);
        return this.state.items.filter((item) => !chosen.has(item.id));
    }

    get empty() {
        return this.state.text
            ? _t("No open document fits “%s”.", this.state.text)
            : _t("No open documents. Add an account below.");
    }

    async search(more = 0) {
        const amount = this.data.rest > 0 ? this.data.rest : null;
        const found = await this.keepLast.add(
            this.orm.call(
                "account.bank.statement.line",
                "ai_by_hand_search",
                [[this.data.line_id.id]],
                { text: this.state.text, limit: LIMIT + more, amount }
            )
        );
        Object.assign(this.state, { items: found.items, more: found.more });
        this.state.active = more ? this.state.active : 0;
    }

    showMore() {
        return this.search(this.state.items.length);
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.busy = true;
        this.searchSoon();
    }

    async searchNow() {
        await this.search();
        this.busy = false;
    }

    onKeydown(ev) {
        const last = this.items.length - 1;
        if (ev.key === "ArrowDown") {
            this.state.active = Math.min(this.state.active + 1, last);
        } else if (ev.key === "ArrowUp") {
            this.state.active = Math.max(this.state.active - 1, 0);
        } else if (ev.key === "Enter" && !ev.ctrlKey && !ev.altKey) {
            this.choose();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** Add the marked item; right after typing, what was typed has to be clear. */
    async choose() {
        const hasty = this.busy;
        if (hasty) {
            this.searchSoon.cancel();
            await this.searchNow();
        }
        if (!hasty || this.items.length === 1) {
            const item = this.items[this.state.active];
            return item && this.add(item);
        }
    }

    /** What of the item the line takes: all that is open, or what is left of the line. */
    share(item) {
        const rest = this.data.rest;
        const partly = !item.item_amount && rest > 0 && item.amount > rest;
        return partly ? rest : item.amount;
    }

    async add(item) {
        if (this.adding) {
            return;
        }
        this.adding = true;
        try {
            await this.data.part_ids.addNewRecord({
                position: "bottom",
                mode: "readonly",
                context: {
                    default_move_line_id: item.id,
                    default_partner_id: item.partner_id,
                    default_amount: this.share(item),
                    default_item_amount: item.item_amount,
                },
            });
            this.state.text = "";
            await this.searchNow();
        } finally {
            this.adding = false;
        }
        this.input.el?.focus();
    }

    money(item) {
        return formatMonetary(item.open, { currencyId: item.currency_id });
    }

    day(text) {
        return formatDate(deserializeDate(text));
    }
}

registry.category("view_widgets").add("ai_by_hand_search", { component: ByHandSearch });

/** What is left of the line goes on account of the partner, as an open credit of theirs. */
export class ByHandRest extends Component {
    static template = "ai_bank_reconcile.ByHandRest";
    static props = { ...standardWidgetProps };

    get data() {
        return this.props.record.data;
    }

    get offered() {
        return this.data.rest > 0 && this.data.on_account_id && this.data.on_account_partner_id;
    }

    get text() {
        return _t("Rest on account of %s", this.data.on_account_partner_name);
    }

    onClick() {
        return this.data.part_ids.addNewRecord({
            position: "bottom",
            mode: "readonly",
            context: {
                default_account_id: this.data.on_account_id.id,
                default_partner_id: this.data.on_account_partner_id.id,
                default_amount: this.data.rest,
            },
        });
    }
}

registry.category("view_widgets").add("ai_by_hand_rest", { component: ByHandRest });
