import { formatCurrency } from "@web/core/currency";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatPercentage } from "@web/views/fields/formatters";

const { DateTime } = luxon;

/** What the screen says about one forecast: amounts, days and rows in the user's words. */
export class CashFigures {
    /**
     * @param {Object} data as `ai.cash.forecast.get_dashboard` returns it
     */
    constructor(data) {
        this.data = data;
        this.currencyId = data.forecast.currency_id;
    }

    /** An amount as a heading shows it: no cents. */
    amount(value) {
        return formatCurrency(value || 0, this.currencyId, { digits: [16, 0] });
    }

    /** An amount as a column shows it: no cents, no symbol. */
    cell(value) {
        return formatCurrency(value || 0, this.currencyId, { digits: [16, 0], noSymbol: true });
    }

    signed(value) {
        return `${value > 0 ? "+" : ""}${this.cell(value)}`;
    }

    percent(value) {
        return value === null || value === undefined ? "" : formatPercentage(value, { digits: [16, 0] });
    }

    day(text) {
        return text ? formatDate(deserializeDate(text)) : "";
    }

    shortDay(text) {
        return deserializeDate(text).toLocaleString({ day: "numeric", month: "short" });
    }

    /** Days from the day of the forecast to ``text``. */
    offset(text) {
        const from = DateTime.fromISO(this.data.forecast.as_of);
        return Math.round(DateTime.fromISO(text).diff(from, "days").days);
    }

    dayAt(offset) {
        const day = DateTime.fromISO(this.data.forecast.as_of).plus({ days: offset });
        return day.toLocaleString({ day: "numeric", month: "short" });
    }

    /** Periods of the table and the chart, days and weeks alike. */
    periods(step) {
        if (step === "days") {
            return this.data.days.map((day) => ({
                ...day,
                key: day.date,
                label: this.shortDay(day.date),
                title: this.day(day.date),
                date_from: day.date,
                date_to: day.date,
            }));
        }
        return this.data.weeks.map((week, index) => ({
            ...week,
            index,
            key: week.date_from,
            label: week.label,
            title: _t("%(from)s to %(to)s", {
                from: this.day(week.date_from),
                to: this.day(week.date_to),
            }),
        }));
    }

    /** Rows of the table: what it shows a period, how it is shown, and which documents it opens. */
    rows(step) {
        const { floor, credit_line: credit } = this.data.forecast;
        const weekly = step === "weeks";
        const amount = (value) => this.cell(value);
        const share = (value) => this.percent(value);
        return [
            { key: "in", label: _t("In"), format: amount, get: (one) => one.in },
            { key: "out", label: _t("Out"), format: amount, get: (one) => one.out },
            { key: "net", label: _t("Net"), format: amount, get: (one) => one.in - one.out, strong: true },
            { key: "p50", label: _t("Balance, likely"), format: amount, get: (one) => one.p50, strong: true },
            { key: "p10", label: _t("Balance, if it goes badly"), format: amount, get: (one) => one.p10 },
            { key: "p90", label: _t("Balance, if it goes well"), format: amount, get: (one) => one.p90 },
            ...(weekly && floor
                ? [{ key: "floor", label: _t("Risk below floor"), format: share, get: (one) => one.below_floor, risk: true }]
                : []),
            ...(weekly && credit
                ? [{ key: "credit", label: _t("Risk beyond credit line"), format: share, get: (one) => one.below_credit_line, risk: true }]
                : []),
        ]; // prettier-ignore
    }

    /** "last 8 weeks: 78 % of weeks inside the band, error 6 % (due dates: 11 %)" */
    get accuracyText() {
        const { weeks, in_band: inBand, error, naive_error: naive } = this.data.accuracy || {};
        if (!weeks) {
            return _t("No accuracy yet: it is measured as soon as a published forecast has a week behind it.");
        } // prettier-ignore
        return _t(
            "Last %(weeks)s weeks: %(inside)s of weeks inside the band, error %(error)s (due dates: %(naive)s)",
            {
                weeks,
                inside: this.percent(inBand),
                error: this.percent(error),
                naive: this.percent(naive),
            },
        );
    }

    /** Rows of the comparison with scenarios: a figure of the forecast and of each of them. */
    comparison(scenarios) {
        const own = this.data;
        const last = (one) => one.weeks[one.weeks.length - 1]?.p50;
        const risk = (one) => Math.max(0, ...one.weeks.map((week) => week.below_floor || 0));
        const total = (one, days, key) => one.totals?.[days]?.[key];
        const rows = [
            [_t("Lowest balance"), (one) => one.lowest?.p50],
            [_t("Lowest, if it goes badly"), (one) => one.lowest?.p10],
            [_t("Balance in 13 weeks"), last],
            ...["30", "60", "90"].map((days) => [
                _t("Balance in %s days", days),
                (one) => total(one, days, "p50"),
            ]),
            [_t("In, 90 days"), (one) => total(one, "90", "in")],
            [_t("Out, 90 days"), (one) => total(one, "90", "out")],
        ];
        const money = rows.map(([label, get]) => ({
            label,
            own: this.cell(get(own)),
            others: scenarios.map((one) => ({
                value: this.cell(get(one)),
                change: get(one) - get(own),
                difference: this.signed(Math.round((get(one) || 0) - (get(own) || 0))),
            })),
        }));
        const week = {
            label: _t("Lowest in"),
            own: own.lowest?.week,
            others: scenarios.map((one) => ({ value: one.lowest?.week, difference: "" })),
        };
        const risks = {
            label: _t("Highest risk below floor"),
            own: this.percent(risk(own)),
            others: scenarios.map((one) => {
                const points = Math.round((risk(one) - risk(own)) * 100);
                return {
                    value: this.percent(risk(one)),
                    change: -points,
                    difference: _t("%s points", `${points > 0 ? "+" : ""}${points}`),
                };
            }),
        };
        return [money[0], week, ...money.slice(1), ...(own.forecast.floor ? [risks] : [])];
    }
}
