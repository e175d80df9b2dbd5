import { Component, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { hexToRGBA } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatPercentage } from "@web/views/fields/formatters";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const MODEL = "ai.bank.calibration";

/** How often suggestions came true, by how sure they were; and the threshold that follows. */
export class Reliability extends Component {
    static template = "ai_bank_reconcile.Reliability";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.canvas = useRef("canvas");
        this.state = useState({ journals: [], journalId: false, target: 0.99, data: null });
        this.targets = [0.95, 0.98, 0.99, 0.995];
        onWillStart(async () => {
            const [journals] = await Promise.all([
                this.orm.call(MODEL, "journals", []),
                loadBundle("web.chartjs_lib"),
            ]);
            this.state.journals = journals;
            const busiest = [...journals].sort((a, b) => b.decisions - a.decisions)[0];
            if (busiest) {
                await this.load(busiest.id);
            }
        });
        useEffect(
            () => this.draw(),
            () => [this.state.data, this.canvas.el],
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    async load(journalId) {
        const data = await this.orm.call(MODEL, "reliability", [journalId, this.state.target]);
        Object.assign(this.state, { journalId, data });
    }

    onJournal(ev) {
        return this.load(Number(ev.target.value));
    }

    onTarget(ev) {
        this.state.target = Number(ev.target.value);
        return this.load(this.state.journalId);
    }

    // ------------------------------------------------------------------
    // Words
    // ------------------------------------------------------------------

    percent(value, digits = 1) {
        return value === null ? "" : formatPercentage(value, { digits: [16, digits] });
    }

    range([low, high]) {
        return _t("%(low)s to %(high)s", { low: this.percent(low), high: this.percent(high) });
    }

    stepName(step) {
        const low = this.percent(step.low);
        const high = this.percent(step.high);
        return step.low ? `${low} – ${high}` : _t("under %s", high);
    }

    get isProposed() {
        const { now, proposed } = this.state.data;
        return proposed && Math.abs(proposed.threshold - now.threshold) >= 0.0001;
    }

    get whyNothing() {
        const { decisions, least, now, proposed } = this.state.data;
        if (proposed) {
            return _t("The present threshold is the best one for this aim.");
        }
        if (decisions < least) {
            return _t(
                "No other threshold is proposed before %(least)s decisions; there are %(decisions)s.",
                { least, decisions },
            );
        }
        return _t(
            "No threshold surely reaches this aim yet. The present one is %s.",
            this.percent(now.threshold, 2),
        );
    }

    // ------------------------------------------------------------------
    // Threshold
    // ------------------------------------------------------------------

    onUse() {
        const { journal, proposed } = this.state.data;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Use this threshold?"),
            body: _t(
                "The minimum confidence for %(journal)s becomes %(threshold)s. The change is kept in the log.",
                { journal, threshold: this.percent(proposed.threshold, 2) },
            ),
            confirmLabel: _t("Use this threshold"),
            confirm: () => this.use(proposed.threshold),
            cancel: () => {},
        });
    }

    async use(threshold) {
        await this.orm.call(MODEL, "use_threshold", [this.state.journalId, threshold]);
        this.notification.add(_t("The threshold is in use."), { type: "success" });
        await this.load(this.state.journalId);
    }

    // ------------------------------------------------------------------
    // Chart
    // ------------------------------------------------------------------

    draw() {
        this.chart?.destroy();
        this.chart = null;
        if (!this.canvas.el || !this.state.data?.steps.length) {
            return;
        }
        const { steps } = this.state.data;
        const hidden = "\u200b";
        this.chart = new Chart(this.canvas.el, {
            data: {
                labels: steps.map((step) => this.stepName(step)),
                datasets: this.datasets(steps, hidden),
            },
            options: this.chartOptions(hidden),
        });
    }

    datasets(steps, hidden) {
        const style = getComputedStyle(document.documentElement);
        const [green, grey, blue] = ["success", "secondary-color", "info"].map((name) =>
            style.getPropertyValue(`--${name}`).trim(),
        );
        const line = { type: "line", yAxisID: "share", pointRadius: 4, tension: 0 };
        const paint = (color) => ({ borderColor: color, backgroundColor: color });
        const limit = {
            ...line,
            borderWidth: 0,
            pointRadius: 0,
            backgroundColor: hexToRGBA(green, 0.2),
        };
        const fitted = {
            ...line,
            ...paint(blue),
            label: _t("Fitted on own history"),
            data: steps.map((step) => step.worth),
            pointRadius: 2,
        };
        return [
            {
                ...line,
                ...paint(grey),
                label: _t("Said (the diagonal)"),
                data: steps.map((step) => step.said),
                borderDash: [6, 4],
            },
            {
                ...line,
                ...paint(green),
                label: _t("Came true"),
                data: steps.map((step) => step.value),
            },
            ...(steps.some((step) => step.worth !== null) ? [fitted] : []),
            { ...limit, label: hidden, data: steps.map((step) => step.interval[0]) },
            {
                ...limit,
                label: _t("Range of the true share"),
                data: steps.map((step) => step.interval[1]),
                fill: "-1",
            },
            {
                type: "bar",
                label: _t("Decisions"),
                yAxisID: "count",
                data: steps.map((step) => step.count),
                backgroundColor: hexToRGBA(blue, 0.35),
                maxBarThickness: 40,
            },
        ];
    }

    chartOptions(hidden) {
        const percent = (value) => this.percent(value, 0);
        return {
            maintainAspectRatio: false,
            animation: false,
            clip: false,
            interaction: { mode: "index", intersect: false },
            plugins: {
                legend: {
                    position: "bottom",
                    labels: { filter: (item) => item.text !== hidden, usePointStyle: true },
                },
                tooltip: {
                    filter: (item) => item.dataset.label !== hidden,
                    callbacks: {
                        label: (item) =>
                            item.dataset.yAxisID === "count"
                                ? `${item.dataset.label}: ${item.parsed.y}`
                                : `${item.dataset.label}: ${this.percent(item.parsed.y)}`,
                    },
                },
            },
            scales: {
                x: { title: { display: true, text: _t("Confidence of the suggestion") } },
                share: { position: "left", min: 0, max: 1, ticks: { callback: percent } },
                count: {
                    position: "right",
                    beginAtZero: true,
                    ticks: { precision: 0 },
                    grid: { drawOnChartArea: false },
                    title: { display: true, text: _t("Decisions") },
                },
            },
        };
    }
}

registry.category("actions").add("ai_bank_reliability", Reliability);
