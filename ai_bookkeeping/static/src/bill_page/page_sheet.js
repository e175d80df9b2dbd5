import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";

const LEAST_DRAG = 4; // pixels; less is a click

/** The words of a page over its picture, drawn once and left alone. */
export class PageWords extends Component {
    static template = "ai_bookkeeping.PageWords";
    static props = { words: Array };

    style([, left, top, right, bottom]) {
        return rectangle([left, top, right, bottom]);
    }
}

export function rectangle([left, top, right, bottom]) {
    const share = (value) => `${(100 * value).toFixed(3)}%`;
    return (
        `left:${share(left)};top:${share(top)};` +
        `width:${share(right - left)};height:${share(bottom - top)};`
    );
}

/** One page: its picture, the boxes of what was read, and words to click or drag over. */
export class PageSheet extends Component {
    static template = "ai_bookkeeping.PageSheet";
    static components = { PageWords };
    static props = {
        number: Number,
        source: Function,
        page: Object,
        boxes: Array,
        canFill: Boolean,
        onSeen: Function,
        onWords: Function,
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({ drag: null, broken: false });
        const watcher = new IntersectionObserver(
            (entries) => entries.some((one) => one.isIntersecting) && this.props.onSeen()
        );
        onMounted(() => watcher.observe(this.root.el));
        onWillUnmount(() => watcher.disconnect());
    }

    get shape() {
        const { width, height } = this.props.page;
        return `aspect-ratio: ${width || 210} / ${height || 297};`;
    }

    rectangle(box) {
        return rectangle(box);
    }

    /** Where the pointer is, in shares of the page. */
    place(ev) {
        const edge = this.root.el.getBoundingClientRect();
        return [(ev.clientX - edge.left) / edge.width, (ev.clientY - edge.top) / edge.height];
    }

    onPointerDown(ev) {
        if (ev.button || !this.props.page.words) {
            return;
        }
        ev.preventDefault(); // the input keeps its focus
        this.start = { at: this.place(ev), x: ev.clientX, y: ev.clientY };
        this.root.el.setPointerCapture(ev.pointerId);
    }

    onPointerMove(ev) {
        if (!this.start) {
            return;
        }
        const far = Math.hypot(ev.clientX - this.start.x, ev.clientY - this.start.y);
        if (this.state.drag || far >= LEAST_DRAG) {
            const [x, y] = this.place(ev);
            const [startX, startY] = this.start.at;
            this.state.drag = [
                Math.min(x, startX),
                Math.min(y, startY),
                Math.max(x, startX),
                Math.max(y, startY),
            ];
        }
    }

    onPointerUp(ev) {
        if (!this.start) {
            return;
        }
        const area = this.state.drag || [...this.place(ev), ...this.place(ev)];
        this.start = null;
        this.state.drag = null;
        const [left, top, right, bottom] = area;
        const words = this.props.page.words.filter(
            ([, x0, y0, x1, y1]) => x0 <= right && x1 >= left && y0 <= bottom && y1 >= top
        );
        if (words.length) {
            this.props.onWords(words);
        }
    }

    onPointerCancel() {
        this.start = null;
        this.state.drag = null;
    }
}
