import { Component, onMounted, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useThrottleForAnimation } from "@web/core/utils/timing";
import { formatMonetary } from "@web/views/fields/formatters";

/** Rows beyond the visible ones, above and below, and how early the next page is read. */
const BUFFER = 12;

const MARKS = {
    matched: { icon: "fa-check text-success", label: _t("matched") },
    sure: { icon: "fa-circle text-success", label: _t("sure") },
    likely: { icon: "fa-adjust text-warning", label: _t("likely") },
    unsure: { icon: "fa-circle-o text-muted", label: _t("unsure") },
    none: { icon: "fa-question text-muted", label: _t("nothing fits") },
    new: { icon: "fa-ellipsis-h text-muted", label: _t("no suggestion yet") },
};

export function levelOf({ is_reconciled, ai_suggestion_id, ai_decision, ai_confidence }) {
    if (is_reconciled) {
        return "matched";
    }
    if (!ai_suggestion_id || !ai_decision) {
        return "new";
    }
    if (ai_decision === "none") {
        return "none";
    }
    return ai_confidence >= 0.95 ? "sure" : ai_confidence >= 0.7 ? "likely" : "unsure";
}

/**
 * The bank lines, one light row each. Only what can be seen is in the page, so that thousands
 * scroll smoothly; the next ones are read when the end comes near.
 */
export class DeskRows extends Component {
    static template = "ai_bank_reconcile.DeskRows";
    static props = {
        // { type: "line", key, record } | { type: "group", key, group } | { type: "more", key, list }
        entries: Array,
        selectedId: [Number, { value: false }],
        leaving: Array,
        onSelect: Function,
        onToggle: Function,
        onMore: Function,
        slots: { type: Object, optional: true },
    };

    setup() {
        this.root = useRef("root");
        this.view = useState({ top: 0, height: 600 });
        this.onScroll = useThrottleForAnimation(() => this.measure());
        useExternalListener(window, "resize", this.onScroll);
        onMounted(() => this.measure());
        useEffect(
            () => this.showSelected(),
            () => [this.props.selectedId]
        );
        useEffect(
            () => this.readOn(),
            () => [this.range.end, this.props.entries.length, this.props.leaving.length]
        );
    }

    get rowHeight() {
        return this.env.isSmall ? 56 : 36;
    }

    get range() {
        const first = Math.floor(this.view.top / this.rowHeight) - BUFFER;
        const count = Math.ceil(this.view.height / this.rowHeight) + 2 * BUFFER;
        const start = Math.max(0, Math.min(first, this.props.entries.length - 1));
        return { start, end: Math.min(start + count, this.props.entries.length) };
    }

    get shown() {
        return this.props.entries.slice(this.range.start, this.range.end);
    }

    get space() {
        const { start, end } = this.range;
        return {
            above: start * this.rowHeight,
            below: (this.props.entries.length - end) * this.rowHeight,
        };
    }

    measure() {
        if (this.root.el) {
            this.view.top = this.root.el.scrollTop;
            this.view.height = this.root.el.clientHeight;
        }
    }

    /** Scroll no more than needed to see the selected row and its neighbour. */
    showSelected() {
        const { entries, selectedId } = this.props;
        const index = entries.findIndex(({ record }) => record && record.resId === selectedId);
        if (index < 0) {
            return;
        }
        const el = this.root.el;
        const top = index * this.rowHeight;
        if (top < el.scrollTop) {
            el.scrollTop = Math.max(0, top - this.rowHeight);
        } else if (top + this.rowHeight > el.scrollTop + el.clientHeight) {
            el.scrollTop = top + 2 * this.rowHeight - el.clientHeight;
        }
    }

    readOn() {
        const last = this.props.entries.at(-1);
        if (last?.type === "more" && this.range.end >= this.props.entries.length) {
            this.props.onMore(last.list);
        }
    }

    mark(record) {
        return MARKS[levelOf(record.data)];
    }

    date(record) {
        return formatDate(record.data.date, { format: "d MMM" });
    }

    amount({ data }) {
        const text = formatMonetary(data.amount, { currencyId: data.currency_id?.id });
        return data.amount > 0 ? `+${text}` : text;
    }

    name({ data }) {
        return data.partner_id?.display_name || data.partner_name || data.payment_ref || _t("No text");
    }

    label(record) {
        const text = record.data.payment_ref || "";
        return text === this.name(record) ? "" : text;
    }
}
