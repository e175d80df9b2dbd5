import { Component } from "@odoo/owl";

/** The forecast and the chosen scenarios side by side, with what each would change. */
export class CashCompare extends Component {
    static template = "ai_cash_forecast.CashCompare";
    static props = { figures: Object, scenarios: Array, onOpenScenario: Function };

    get rows() {
        return this.props.figures.comparison(this.props.scenarios);
    }

    tone(cell) {
        return cell.change < 0 ? "text-danger" : cell.change > 0 ? "text-success" : "text-muted";
    }
}
