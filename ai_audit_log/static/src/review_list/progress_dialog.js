import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";

/** How far a long decision is, with a way to stop between two parts. */
export class ProgressDialog extends Component {
    static template = "ai_audit_log.ProgressDialog";
    static components = { Dialog };
    static props = {
        title: String,
        // Reactive: { done, total, stopped }, in records.
        progress: Object,
        close: Function,
    };

    setup() {
        this.progress = useState(this.props.progress);
    }

    get percent() {
        const { done, total } = this.progress;
        return total ? Math.floor((100 * done) / total) : 0;
    }

    stop() {
        this.progress.stopped = true;
    }
}
