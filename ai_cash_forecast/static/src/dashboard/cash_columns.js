import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const DONE = { applied: _t("done"), approved: _t("approved"), edited: _t("done"), rejected: _t("rejected") };
const SHOWN = 6;

/** Why the cash is as it is, what became different, and what can be done about it. */
export class CashColumns extends Component {
    static template = "ai_cash_forecast.CashColumns";
    static props = { figures: Object, desk: Object };

    setup() {
        this.state = useState({ all: false });
    }

    get data() {
        return this.props.figures.data;
    }

    get drivers() {
        return this.data.drivers.slice(0, SHOWN);
    }

    get changes() {
        return this.data.changes.slice(0, SHOWN);
    }

    /** What is not shown one by one, so that the column still adds up. */
    get otherChanges() {
        return this.data.changes.slice(SHOWN).reduce((sum, one) => sum + one.amount, 0);
    }

    get totalChange() {
        return this.data.changes.reduce((sum, one) => sum + one.amount, 0);
    }

    get actions() {
        return this.state.all ? this.data.actions : this.data.actions.slice(0, SHOWN);
    }

    /** How many more things could be done. */
    get more() {
        return this.data.actions.length - this.actions.length;
    }

    get changedSince() {
        const { published_as_of: day } = this.data.forecast;
        return day
            ? _t("What changed since %s", this.props.figures.day(day))
            : _t("What changed since the last published");
    }

    isOpen(action) {
        return !(action.state in DONE);
    }

    stateName(action) {
        return DONE[action.state] || action.state;
    }
}
