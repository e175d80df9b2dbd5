import { Component, onWillStart, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { CheckboxItem } from "@web/core/dropdown/checkbox_item";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { getCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { CashChart } from "./cash_chart";
import { CashColumns } from "./cash_columns";
import { CashCompare } from "./cash_compare";
import { CashGrid } from "./cash_grid";
import { CashFigures } from "./cash_model";
import { useCashKeys } from "./cash_keys";

const MODEL = "ai.cash.forecast";
const STEPS = ["weeks", "days"];

/** The cash forecast of the chosen companies: what comes, how sure that is, and what to do. */
export class CashDashboard extends Component {
    static template = "ai_cash_forecast.CashDashboard";
    static components = { Layout, Dropdown, DropdownItem, CheckboxItem, CashChart, CashColumns, CashCompare, CashGrid }; // prettier-ignore
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        const kept = this.props.state || {};
        this.state = useState({
            figures: null,
            scenarios: [],
            chosen: kept.chosen || [],
            step: kept.step || "weeks",
            busy: false,
            mayDecide: false,
        });
        this.forecastId = this.props.action.context.forecast_id || null;
        // Coming back shows what was looked at.
        useSetupAction({
            getLocalState: () => ({ chosen: [...this.state.chosen], step: this.state.step }),
        });
        onWillStart(async () => {
            const [mayDecide] = await Promise.all([
                user.checkAccessRight(MODEL, "write"),
                loadBundle("web.chartjs_lib"),
                this.load(),
            ]);
            this.state.mayDecide = mayDecide;
        });
        useCashKeys({
            d: () => this.setStep(this.state.step === "days" ? "weeks" : "days"),
            s: () => this.newScenario(),
            p: () => this.data && this.canPublish && this.publish(),
            r: () => this.state.mayDecide && this.refresh(),
        });
    }

    get companyIds() {
        return user.activeCompanies.map((company) => company.id);
    }

    get data() {
        return this.state.figures?.data;
    }

    /** Scenarios that are compared, with their figures. */
    get compared() {
        return this.data?.scenarios || [];
    }

    get canPublish() {
        return this.state.mayDecide && this.data.forecast.state === "draft";
    }

    get isEmpty() {
        return !this.data || !(this.data.weeks.length && this.data.sources.length);
    }

    async load() {
        const [data, scenarios] = await Promise.all([
            this.orm.call(MODEL, "get_dashboard", [
                this.companyIds,
                this.forecastId,
                this.state.chosen,
            ]),
            this.orm.searchRead("ai.cash.scenario", [], ["name"], { order: "id desc", limit: 20 }),
        ]);
        const figures = new CashFigures(data);
        figures.currencyName = getCurrency(data.forecast.currency_id)?.name || "";
        Object.assign(this.state, { figures, scenarios });
    }

    setStep(step) {
        if (STEPS.includes(step)) {
            this.state.step = step;
        }
    }

    // ------------------------------------------------------------------
    // Documents behind the figures
    // ------------------------------------------------------------------

    open(action) {
        return action && this.action.doAction(action);
    }

    /**
     * Open what a figure is made of.
     *
     * @param {Object} period one of the table: a week with its index, or a day
     * @param {string} row of the table: in, out, net; a balance opens all up to its day
     */
    async openRecords(period, row) {
        if (["p10", "p50", "p90", "floor", "credit"].includes(row)) {
            return this.openUntil(period.date_to, false);
        }
        const values = { direction: ["in", "out"].includes(row) ? row : null };
        if (period.date) {
            values.day = period.date;
        } else {
            values.week_index = period.index;
        }
        return this.openFor(values);
    }

    async openFor(values) {
        const { id } = this.data.forecast;
        return this.open(await this.orm.call(MODEL, "get_records_action", [id], values));
    }

    /** All that is expected up to a day: in, out or both with the balance it starts from. */
    async openUntil(day, direction) {
        const sign = { in: [["amount", ">", 0]], out: [["amount", "<", 0]] }[direction] || [];
        const action = await this.action.loadAction("ai_cash_forecast.action_ai_cash_forecast_line");
        const { figures } = this.state;
        return this.open({
            ...action,
            name: _t("Expected until %s", figures.day(day)),
            path: false,
            views: [...action.views].sort(([, type]) => (type === "list" ? -1 : 1)),
            context: {},
            domain: [
                ["forecast_id", "=", this.data.forecast.id],
                ["date_p50", "<=", day],
                ...(direction ? [["kind", "!=", "bank"]] : []),
                ...sign,
            ],
        });
    }

    openDays(days, direction) {
        const { DateTime } = luxon;
        const last = DateTime.fromISO(this.data.forecast.as_of).plus({ days: Number(days) });
        return this.openUntil(last.toISODate(), direction);
    }

    openOpening() {
        return this.openFor({ kind: "bank" });
    }

    openVariance() {
        return this.open("ai_cash_forecast.action_ai_cash_variance");
    }

    // ------------------------------------------------------------------
    // Headline
    // ------------------------------------------------------------------

    get lowestWeek() {
        return this.data.weeks[this.data.lowest.index];
    }

    get companyNames() {
        const { companies } = this.data.forecast;
        return companies.length > 1 ? companies.map((one) => one.name).join(", ") : "";
    }

    get lowestNote() {
        const { lowest, forecast } = this.data;
        const { figures } = this.state;
        if (!forecast.floor) {
            return _t("No floor set");
        }
        return _t("floor %(floor)s: %(risk)s risk", {
            floor: figures.amount(forecast.floor),
            risk: figures.percent(lowest.risk),
        });
    }

    // ------------------------------------------------------------------
    // Decisions
    // ------------------------------------------------------------------

    /** Run something on the server once at a time, then show what it changed. */
    async busy(work) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await work();
            await this.load();
        } finally {
            this.state.busy = false;
        }
    }

    refresh() {
        return this.busy(async () => {
            const { id, state } = this.data.forecast;
            this.forecastId = null;
            // An old one stays as it is: then this goes back to the present one.
            if (state === "draft") {
                await this.orm.call(MODEL, "action_refresh", [[id]]);
            }
        });
    }

    publish() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Publish this forecast?"),
            body: _t(
                "It is frozen as it is now, kept with a hash in the log, and later compared with what came true.",
            ),
            confirmLabel: _t("Publish"),
            confirm: () =>
                this.busy(async () => {
                    const done = await this.orm.call(MODEL, "action_publish", [
                        [this.data.forecast.id],
                    ]);
                    this.forecastId = null;
                    this.notification.add(_t("The forecast is published."), { type: "success" });
                    return done;
                }),
            cancel: () => {},
        });
    }

    /** Open the order, invoice or bill that something can be done about. */
    openAction(action) {
        return this.open({
            type: "ir.actions.act_window",
            res_model: action.res_model,
            res_id: action.res_id,
            views: [[false, "form"]],
        });
    }

    doIt(action) {
        return this.busy(async () => {
            const result = await this.orm.call("ai.audit.log", "action_apply", [[action.log_id]]);
            this.tell(result);
        });
    }

    reject(action) {
        return this.action.doAction("ai_audit_log.action_ai_audit_reject", {
            additionalContext: { active_ids: [action.log_id], default_reason: "other" },
            onClose: () => this.load(),
        });
    }

    /** Say what came of a decision; this screen loads what changed by itself. */
    tell(action) {
        const { message, type, sticky } = action?.params || {};
        if (message) {
            this.notification.add(message, { type, sticky });
        }
    }

    // ------------------------------------------------------------------
    // Scenarios
    // ------------------------------------------------------------------

    isChosen(scenario) {
        return this.state.chosen.includes(scenario.id);
    }

    compare(scenario) {
        const { chosen } = this.state;
        this.state.chosen = this.isChosen(scenario)
            ? chosen.filter((id) => id !== scenario.id)
            : [...chosen, scenario.id].slice(-3);
        return this.busy(() => {});
    }

    newScenario() {
        if (!this.state.mayDecide || this.isEmpty) {
            return;
        }
        return this.action.doAction("ai_cash_forecast.action_ai_cash_scenario_new", {
            onClose: async (infos) => {
                const before = this.state.scenarios.map((one) => one.id);
                await this.load();
                const made = this.state.scenarios.find((one) => !before.includes(one.id));
                if (made && !infos?.special) {
                    await this.compare(made);
                }
            },
        });
    }

    openScenario(scenario) {
        return this.open({
            type: "ir.actions.act_window",
            res_model: "ai.cash.scenario",
            res_id: scenario.id,
            views: [[false, "form"]],
        });
    }

    openScenarios() {
        return this.open("ai_cash_forecast.action_ai_cash_scenario");
    }

    print() {
        window.print();
    }

    async download(method) {
        this.open(await this.orm.call(MODEL, method, [[this.data.forecast.id]]));
    }
}

registry.category("actions").add("ai_cash_dashboard", CashDashboard);
