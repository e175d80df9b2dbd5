import { Component, onMounted, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useBillKeys } from "./bill_keys";
import { markFields } from "./marks";
import { PageSheet } from "./page_sheet";
import { fieldsOf, joined, keyOf } from "./reading";

const ZOOMS = [1, 1.25, 1.5, 2, 3];
const LOOK_AGAIN = 4000; // milliseconds, while the file is being read

function isFlagged({ code }) {
    return ["hidden_text", "no_arithmetic"].includes(code);
}

/**
 * The page of a bill beside its form.
 *
 * The focused field's place is lit; a click on words fills the focused field; what is doubtful or
 * missing is marked in the form and listed above the page with up to three candidates.
 */
export class BillPage extends Component {
    static template = "ai_bookkeeping.BillPage";
    static components = { PageSheet };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.scroller = useRef("scroller");
        this.state = useState({
            checksum: null,
            error: "",
            pages: {},
            count: 1,
            zoom: 0,
            key: null,
            lineId: null,
            help: false,
            busy: false,
        });
        this.keys = useBillKeys({
            next: () => this.step(1),
            previous: () => this.step(-1),
            choose: (index) => this.choose(this.target.choices[index]),
            canChoose: (index) => this.canFill && Boolean(this.target?.choices[index]),
            approve: () => this.approve(),
        });
        useEffect(
            () => {
                this.open();
            },
            () => [this.fileId]
        );
        useEffect(
            () => {
                if (this.data.ai_bill_state === "waiting") {
                    const timer = setInterval(() => this.lookAgain(), LOOK_AGAIN);
                    return () => clearInterval(timer);
                }
            },
            () => [this.data.ai_bill_state, this.props.record.resId]
        );
        useEffect(() => this.mark());
        const onFocus = (ev) => this.onFocus(ev);
        onMounted(() => {
            this.form = this.root.el.closest(".o_form_renderer");
            this.form?.addEventListener("focusin", onFocus);
            this.mark();
        });
        onWillUnmount(() => this.form?.removeEventListener("focusin", onFocus));
    }

    get data() {
        return this.props.record.data;
    }

    get fileId() {
        return this.data.ai_bill_file_id?.id;
    }

    get reading() {
        return this.data.ai_bill_reading || null;
    }

    get canFill() {
        return this.data.state === "draft" && !this.state.busy;
    }

    get fields() {
        return fieldsOf(this.reading, this.data);
    }

    get target() {
        return this.fields.find(({ key }) => key === this.state.key);
    }

    get toCheck() {
        return this.reading
            ? this.fields.filter(({ state }) => state === "doubtful" || state === "missing")
            : [];
    }

    /** What is to be known of the file, but for what stands on top as a flag. */
    get problems() {
        const isFlag = this.data.ai_bill_state === "unread" ? () => true : isFlagged;
        return (this.reading?.problems || []).filter((problem) => !isFlag(problem));
    }

    get numbers() {
        return Array.from({ length: this.state.count }, (_unused, index) => index + 1);
    }

    get zoomText() {
        return `${Math.round(ZOOMS[this.state.zoom] * 100)} %`;
    }

    get checkedText() {
        const count = this.toCheck.length;
        if (!count) {
            return _t("Everything is read");
        }
        return count === 1 ? _t("1 to check") : _t("%s to check", count);
    }

    /** Boxes of one page: what was read, the chosen one lit. */
    boxes(number) {
        const boxes = this.fields
            .filter(({ box, page }) => box && page === number)
            .map(({ key, label, box, state }) => ({
                key,
                label,
                box,
                css: `o_ai_box_${state}` + (key === this.state.key ? " o_ai_box_lit" : ""),
            }));
        const line = this.reading?.lines?.find(({ line_id: id }) => id === this.state.lineId);
        if (line?.box && line.page === number) {
            boxes.push({ key: "line", label: _t("Line"), box: line.box, css: "o_ai_box_lit" });
        }
        return boxes;
    }

    page(number) {
        return this.state.pages[number] || {};
    }

    address(kind, number) {
        const id = this.props.record.resId;
        return `/ai_bookkeeping/bill/${id}/${this.state.checksum}/${kind}/${number}`;
    }

    source(number) {
        const wanted = 700 * ZOOMS[this.state.zoom] * Math.min(window.devicePixelRatio || 1, 2);
        return `${this.address("page", number)}?width=${Math.round(wanted)}`;
    }

    async open() {
        const id = this.fileId;
        Object.assign(this.state, { checksum: null, error: "", pages: {}, count: 1 });
        if (!id) {
            return;
        }
        const [file] = await this.orm.read("ir.attachment", [id], ["checksum"]);
        if (id === this.fileId) {
            this.state.count = this.reading?.pages || 1;
            this.state.checksum = file.checksum;
        }
    }

    /** Fetch the words of a page once it comes into sight. */
    async seen(number) {
        if (this.state.pages[number]) {
            return;
        }
        this.state.pages[number] = {};
        const checksum = this.state.checksum;
        const answer = await fetch(this.address("words", number));
        const page = answer.ok
            ? await answer.json()
            : { error: _t("The page cannot be shown: the file is gone, or not for you.") };
        if (checksum !== this.state.checksum) {
            return;
        }
        if (page.error) {
            this.state.error = page.error;
        } else {
            this.state.pages[number] = page;
            this.state.count = page.pages;
        }
    }

    mark() {
        if (this.form && this.reading) {
            markFields(this.form, this.fields);
        }
    }

    onFocus(ev) {
        if (this.root.el.contains(ev.target)) {
            return;
        }
        const row = ev.target.closest(".o_field_x2many [data-id]");
        const line = row && this.lines.find(({ id }) => id === row.dataset.id);
        this.state.lineId = line?.resId || null;
        const key = keyOf(ev.target.closest(".o_field_widget[name]")?.getAttribute("name"));
        if (key) {
            this.select(key);
        } else if (line) {
            this.state.key = null;
            this.show(this.reading?.lines?.find(({ line_id: id }) => id === line.resId));
        }
    }

    get lines() {
        return this.data.invoice_line_ids?.records || [];
    }

    select(key) {
        this.state.key = key;
        this.state.lineId = null;
        this.show(this.target);
    }

    /** A chip was clicked: its place is lit, and its input in the form takes the focus. */
    pick(key) {
        this.select(key);
        for (const name of this.target.names) {
            const input = this.form?.querySelector(
                `.o_field_widget[name="${name}"] :is(input, textarea, select, button.o_input)`
            );
            if (input) {
                input.focus({ preventScroll: true });
                input.scrollIntoView({ block: "nearest" });
                return;
            }
        }
    }

    /** Scroll the page, and only the page, to where something stands. */
    show(found) {
        const scroller = this.scroller.el;
        if (!found?.box || !scroller) {
            return;
        }
        const sheet = scroller.querySelector(`[data-page="${found.page}"]`);
        if (sheet) {
            const middle = ((found.box[1] + found.box[3]) / 2) * sheet.offsetHeight;
            const top = sheet.offsetTop + middle - scroller.clientHeight / 2;
            scroller.scrollTo({ top: Math.max(top, 0), behavior: "smooth" });
        }
    }

    step(way) {
        const open = this.toCheck.map(({ key }) => key);
        if (open.length) {
            const at = open.indexOf(this.state.key);
            const next = at < 0 ? (way > 0 ? 0 : open.length - 1) : at + way;
            this.pick(open[(next + open.length) % open.length]);
        }
    }

    async onWords(number, words) {
        if (!this.canFill) {
            return;
        }
        if (!this.state.key) {
            this.notification.add(_t("Click a field first, then its words on the page."), {
                type: "info",
            });
            return;
        }
        const { text, box } = joined(words);
        await this.fill(text, number, box);
    }

    choose(choice) {
        return this.fill(choice.value, choice.page || null, choice.box || null);
    }

    /** Give words or a candidate to the chosen field; the server reads them as date, amount... */
    async fill(text, page, box) {
        const { record } = this.props;
        const { key } = this.state;
        this.state.busy = true;
        try {
            if (!(await record.save())) {
                return;
            }
            await this.orm.call(record.resModel, "ai_bill_fill", [
                [record.resId],
                key,
                text,
                page,
                box,
            ]);
            await record.load();
        } finally {
            this.state.busy = false;
        }
        this.state.key = key;
    }

    /**
     * Alt+Enter: the waiting suggestion is approved, else the bill is confirmed.
     *
     * A suggestion older than the last change is made anew first; where something new speaks
     * against it, it is only shown.
     */
    async approve() {
        const { record } = this.props;
        if (this.state.busy || !(await record.save())) {
            return;
        }
        if (this.data.ai_suggestion_id) {
            const known = new Set((this.data.ai_vetoes || []).map(({ text }) => text));
            this.state.busy = true;
            try {
                await this.orm.call(record.resModel, "action_ai_suggest", [[record.resId]]);
                await record.load();
            } finally {
                this.state.busy = false;
            }
            const news = (this.data.ai_vetoes || []).filter(({ text }) => !known.has(text));
            if (this.data.ai_suggestion_id && news.length) {
                this.notification.add(news.map(({ text }) => text).join("\n"), {
                    title: _t("Please look again"),
                    type: "warning",
                });
                return;
            }
        }
        await new Promise((resolve) => browser.requestAnimationFrame(resolve));
        const root = this.form?.closest(".o_form_view") || document;
        const button =
            root.querySelector(".o_ai_panel button.btn-primary") ||
            root.querySelector("button[name=action_post]:not(:disabled)");
        button?.click();
    }

    zoom(way) {
        this.state.zoom = Math.min(Math.max(this.state.zoom + way, 0), ZOOMS.length - 1);
    }

    get zoomStyle() {
        return `width: ${100 * ZOOMS[this.state.zoom]}%;`;
    }

    async readAgain() {
        const { record } = this.props;
        if (await record.save()) {
            await this.orm.call(record.resModel, "action_ai_bill_read_again", [[record.resId]]);
            await record.load();
        }
    }

    async lookAgain() {
        const { record } = this.props;
        const asked = await rpc(
            "/web/dataset/call_kw/account.move/read",
            {
                model: record.resModel,
                method: "read",
                args: [[record.resId], ["ai_bill_state"]],
                kwargs: {},
            },
            { silent: true }
        );
        if (asked[0]?.ai_bill_state !== "waiting" && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("ai_bill_page", {
    component: BillPage,
    fieldDependencies: [
        { name: "ai_bill_file_id", type: "many2one", relation: "ir.attachment" },
        { name: "ai_bill_reading", type: "json" },
        { name: "ai_bill_state", type: "selection" },
        { name: "ai_suggestion_id", type: "many2one", relation: "ai.audit.log" },
        { name: "ai_vetoes", type: "json" },
        { name: "state", type: "selection" },
    ],
});
