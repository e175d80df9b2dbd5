import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { ProgressDialog } from "./progress_dialog";

/** So many records at once: a part ends well within a worker's time limit. */
const PART = 50;
/** So many failed records are named; all of them stay selected. */
const SHOWN = 10;

const DECISIONS = {
    action_apply: {
        action: "apply",
        title: () => _t("Approving"),
        done: (count) => _t("%s approved", count),
    },
    action_undo: {
        action: "undo",
        title: () => _t("Undoing"),
        done: (count) => _t("%s undone", count),
    },
};

/**
 * The list of suggestions: deciding on many runs in parts with progress, and the records that
 * failed stay selected, so that what is left to do is what is marked.
 */
export class ReviewListController extends ListController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
    }

    async beforeExecuteActionButton(clickParams) {
        const decision = DECISIONS[clickParams.name];
        if (!decision) {
            return super.beforeExecuteActionButton(clickParams);
        }
        await this.decide(decision, await this.model.root.getResIds(true));
        return false;
    }

    async decide(decision, ids) {
        const progress = reactive({ done: 0, total: ids.length, stopped: false });
        const close =
            ids.length > PART &&
            this.dialog.add(ProgressDialog, { title: decision.title(), progress });
        const result = { done: 0, unchanged: 0, problems: [] };
        try {
            for (let start = 0; start < ids.length && !progress.stopped; start += PART) {
                const part = ids.slice(start, start + PART);
                const found = await this.orm.call("ai.audit.log", "action_part", [
                    part,
                    decision.action,
                ]);
                result.done += found.done.length;
                result.unchanged += found.unchanged.length;
                result.problems.push(...found.problems);
                progress.done += part.length;
            }
        } finally {
            if (close) {
                close();
            }
            this.tell(decision, result, ids.length - progress.done);
            const left = [...result.problems.map(({ id }) => id), ...ids.slice(progress.done)];
            await this.showLeft(left);
        }
    }

    /** Read the list again and select what is left. */
    async showLeft(ids) {
        await this.model.load();
        // The counter of selected records has to go first: it would go on counting the old ones.
        await new Promise((resolve) => {
            browser.requestAnimationFrame(() => browser.requestAnimationFrame(resolve));
        });
        const left = new Set(ids);
        for (const record of this.model.root.records) {
            if (left.has(record.resId)) {
                record.toggleSelection(true);
            }
        }
    }

    tell(decision, { done, unchanged, problems }, notTried) {
        const lines = [decision.done(done)];
        if (unchanged) {
            lines.push(_t("%s were already", unchanged));
        }
        for (const { name, text } of problems.slice(0, SHOWN)) {
            lines.push(`${name}: ${text}`);
        }
        if (problems.length > SHOWN) {
            lines.push(_t("and %s more, selected in the list", problems.length - SHOWN));
        }
        if (notTried) {
            lines.push(_t("%s were not tried", notTried));
        }
        const trouble = problems.length || notTried;
        this.notification.add(lines.join("\n"), {
            type: trouble ? "warning" : "success",
            sticky: Boolean(trouble),
        });
    }
}

registry.category("views").add("ai_review_list", {
    ...listView,
    Controller: ReviewListController,
});
