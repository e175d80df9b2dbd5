import { Component } from "@odoo/owl";

/** The figures of the chart, a column a period; every one of them opens its documents. */
export class CashGrid extends Component {
    static template = "ai_cash_forecast.CashGrid";
    static props = { figures: Object, step: String, onStep: Function, onOpen: Function };

    get periods() {
        return this.props.figures.periods(this.props.step);
    }

    get rows() {
        return this.props.figures.rows(this.props.step);
    }

    /** Red where the likely balance is under the floor, amber where a bad course would be. */
    tone(row, period) {
        const { floor } = this.props.figures.data.forecast;
        if (row.risk) {
            const risk = row.get(period);
            return risk >= 0.25 ? "text-danger" : risk >= 0.1 ? "text-warning-emphasis" : "text-muted";
        }
        if (["p50", "p10"].includes(row.key)) {
            return row.get(period) < (floor || 0) ? "text-danger" : "";
        }
        return row.key === "net" && row.get(period) < 0 ? "text-danger" : "";
    }
}
