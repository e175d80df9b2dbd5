import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** Filters of the search view that the counts switch, with the count each stands for. */
export const LEVELS = [
    { filter: "to_review", count: "review", label: () => _t("To review") },
    { filter: "sure", count: "sure", label: () => _t("sure") },
    { filter: "likely", count: "likely", label: () => _t("likely") },
    { filter: "unsure", count: "unsure", label: () => _t("unsure") },
    { filter: "nothing_fits", count: "none", label: () => _t("nothing fits") },
    { filter: "no_suggestion", count: "new", label: () => _t("not looked at") },
];

/** Bank and period, how much waits, and what can be done with all of it. */
export class DeskHead extends Component {
    static template = "ai_bank_reconcile.DeskHead";
    static props = { overview: Object, active: Array, busy: Boolean, desk: Object };

    get levels() {
        const { counts } = this.props.overview;
        return LEVELS.map(({ filter, count, label }) => ({
            filter,
            label: label(),
            count: counts[count],
            active: this.props.active.includes(filter),
        })).filter(({ count, active, filter }) => count || active || filter === "to_review");
    }
}
