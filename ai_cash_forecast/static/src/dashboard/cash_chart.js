import { Component, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { cookie } from "@web/core/browser/cookie";
import { getColor, getCustomColor, hexToRGBA } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";

const BLUE = 0; // of Odoo's small palette
const [RED, GREEN] = ["#EA6175", "#43C5B1"];
const SCENARIOS = ["#8481DD", "#F4A261", "#A76DBC"];
const CREDIT = "#7E8290";
const HIDDEN = "\u200b";

/** A line down the chart at today, with the word. */
const todayLine = (color) => ({
    id: "aiCashToday",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
        const at = scales.x.getPixelForValue(0);
        if (at < chartArea.left || at > chartArea.right) {
            return;
        }
        ctx.save();
        ctx.strokeStyle = color;
        ctx.fillStyle = color;
        ctx.setLineDash([3, 3]);
        ctx.beginPath();
        ctx.moveTo(at, chartArea.top);
        ctx.lineTo(at, chartArea.bottom);
        ctx.stroke();
        ctx.textBaseline = "top";
        ctx.fillText(_t("today"), at + 4, chartArea.top + 2);
        ctx.restore();
    },
});

/** What was, what is likely with its band, floor and credit line; below it what comes and goes. */
export class CashChart extends Component {
    static template = "ai_cash_forecast.CashChart";
    static props = { figures: Object, step: String, scenarios: Array, onOpen: Function };

    setup() {
        this.canvas = useRef("canvas");
        useEffect(
            () => this.draw(),
            () => [this.props.figures, this.props.step, this.props.scenarios],
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get scheme() {
        return cookie.get("color_scheme");
    }

    draw() {
        this.chart?.destroy();
        const { figures, step } = this.props;
        this.periods = figures.periods(step);
        this.chart = new Chart(this.canvas.el, {
            type: "line",
            data: { datasets: [...this.lines(), ...this.limits(), ...this.bars()] },
            options: this.options(),
            plugins: [todayLine(getCustomColor(this.scheme, "#6c757d", "#adb5bd"))],
        });
    }

    // ------------------------------------------------------------------
    // Data
    // ------------------------------------------------------------------

    /** Points of one figure at the end of each period, beginning with today's cash. */
    points(periods, key) {
        const { figures } = this.props;
        const today = { x: 0, y: figures.data.forecast.opening };
        return [
            today,
            ...periods.map((one) => ({ x: figures.offset(one.date_to), y: one[key], period: one })),
        ];
    }

    lines() {
        const { figures, scenarios } = this.props;
        const blue = getColor(BLUE, this.scheme, "sm");
        const line = { borderWidth: 2, pointRadius: 2, pointHitRadius: 8, tension: 0, yAxisID: "y" };
        const grey = getCustomColor(this.scheme, "#495057", "#ced4da");
        const band = { ...line, borderWidth: 0, pointRadius: 0, backgroundColor: hexToRGBA(blue, 0.2) }; // prettier-ignore
        const actual = figures.data.actual.map(({ date, balance }) => ({
            x: figures.offset(date),
            y: balance,
            date,
        }));
        const compared = scenarios.map((scenario, index) => {
            const color = SCENARIOS[index % SCENARIOS.length];
            return {
                ...line,
                label: scenario.name,
                data: this.points(scenario[this.props.step] || scenario.weeks, "p50"),
                borderColor: color,
                backgroundColor: color,
                borderDash: [6, 3],
            };
        });
        return [
            {
                ...line,
                label: _t("Actual"),
                data: [...actual, { x: 0, y: figures.data.forecast.opening }],
                borderColor: grey,
                backgroundColor: grey,
            },
            {
                ...line,
                label: _t("Likely"),
                data: this.points(this.periods, "p50"),
                borderColor: blue,
                backgroundColor: blue,
            },
            { ...band, label: HIDDEN, data: this.points(this.periods, "p10") },
            {
                ...band,
                label: _t("8 of 10 cases"),
                data: this.points(this.periods, "p90"),
                fill: "-1",
            },
            ...compared,
        ];
    }

    limits() {
        const { floor, credit_line: credit } = this.props.figures.data.forecast;
        const { min, max } = this.range;
        const limit = (label, y, color) => ({
            label,
            data: [
                { x: min, y },
                { x: max, y },
            ],
            yAxisID: "y",
            borderColor: color,
            backgroundColor: color,
            borderWidth: 1,
            borderDash: [5, 4],
            pointRadius: 0,
            pointHitRadius: 0,
        });
        return [
            ...(floor ? [limit(_t("Floor"), floor, RED)] : []),
            ...(credit ? [limit(_t("Credit line"), -credit, CREDIT)] : []),
        ];
    }

    bars() {
        const { figures } = this.props;
        const bar = (label, key, sign, color) => ({
            type: "bar",
            label,
            yAxisID: "flow",
            stack: "flow",
            data: this.periods.map((one) => ({
                x: (figures.offset(one.date_from) + figures.offset(one.date_to)) / 2,
                y: sign * one[key],
                period: one,
                direction: key,
            })),
            backgroundColor: hexToRGBA(color, 0.8),
            maxBarThickness: 26,
        });
        return [bar(_t("In"), "in", 1, GREEN), bar(_t("Out"), "out", -1, RED)];
    }

    get range() {
        const { figures } = this.props;
        const ends = this.periods.map((one) => figures.offset(one.date_to));
        const max = Math.max(...ends, 1);
        const first = Math.min(0, ...figures.data.actual.map(({ date }) => figures.offset(date)));
        return { min: Math.max(first, -max), max: max + 0.5 };
    }

    // ------------------------------------------------------------------
    // Options
    // ------------------------------------------------------------------

    options() {
        const text = getCustomColor(this.scheme, "#374151", "#E4E4E4");
        return {
            maintainAspectRatio: false,
            animation: false,
            interaction: { mode: "nearest", axis: "x", intersect: false },
            onClick: (ev, elements) => this.onClick(ev, elements),
            onHover: (ev, elements) => {
                const points = elements.some((one) => this.raw(one)?.period);
                this.canvas.el.style.cursor = points ? "pointer" : "default";
            },
            plugins: {
                legend: {
                    position: "bottom",
                    labels: {
                        color: text,
                        usePointStyle: true,
                        boxHeight: 6,
                        filter: (item) => item.text !== HIDDEN,
                    },
                },
                tooltip: {
                    filter: (item) => item.raw.period || item.raw.date,
                    callbacks: {
                        title: ([item]) => this.titleOf(item),
                        label: (item) => this.labelOf(item),
                    },
                },
            },
            scales: this.scales(text),
        };
    }

    titleOf(item) {
        const { figures } = this.props;
        return item ? item.raw.period?.title || figures.day(item.raw.date) : "";
    }

    labelOf(item) {
        const { direction } = item.raw;
        const label = item.dataset.label === HIDDEN ? _t("1 of 10 cases is below") : item.dataset.label;
        const amount = direction ? Math.abs(item.parsed.y) : item.parsed.y;
        return `${label}: ${this.props.figures.amount(amount)}`;
    }

    scales(text) {
        const { figures } = this.props;
        const grid = { color: getCustomColor(this.scheme, "rgba(0,0,0,.08)", "rgba(255,255,255,.12)") };
        const money = (value) => figures.cell(value);
        return {
            x: {
                type: "linear",
                ...this.range,
                grid: { ...grid, drawOnChartArea: false },
                ticks: {
                    color: text,
                    stepSize: this.props.step === "days" ? 2 : 14,
                    maxRotation: 0,
                    callback: (value) => figures.dayAt(value),
                },
            },
            // The first of a stack is drawn lowest.
            flow: {
                stack: "cash",
                stackWeight: 1,
                stacked: true,
                grid,
                ticks: {
                    color: text,
                    maxTicksLimit: 4,
                    // The uppermost one would stand on the lowest of the balance.
                    callback: (value, index, ticks) =>
                        index === ticks.length - 1 ? "" : money(Math.abs(value)),
                },
            },
            y: { stack: "cash", stackWeight: 3, grid, ticks: { color: text, callback: money } },
        };
    }

    raw({ datasetIndex, index }) {
        return this.chart.data.datasets[datasetIndex].data[index];
    }

    /** A bar opens what comes or goes in its period; a point what its balance is made of. */
    onClick(ev, elements) {
        const inFlow = ev.y >= this.chart.scales.flow.top;
        const raws = elements.map((one) => this.raw(one));
        const bar = raws.find((raw) => raw.direction);
        const point = raws.find((raw) => raw.period && !raw.direction);
        if (inFlow && bar) {
            const exact = this.chart.getElementsAtEventForMode(ev, "nearest", { intersect: true }, false);
            const hit = exact.map((one) => this.raw(one)).find((raw) => raw.direction);
            this.props.onOpen(bar.period, hit ? hit.direction : "net");
        } else if (point || bar) {
            this.props.onOpen((point || bar).period, "net");
        }
    }
}
