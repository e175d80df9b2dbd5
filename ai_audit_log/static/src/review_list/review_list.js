import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { decideInParts } from "./in_parts";

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

    async decide({ action, title, done }, ids) {
        const result = await decideInParts(this, action, title(), ids);
        this.tell(done, result);
        await this.showLeft([...result.problems.map(({ id }) => id), ...result.notTried]);
        if (result.error) {
            throw result.error;
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

    tell(doneText, { done, unchanged, problems, notTried }) {
        const lines = [doneText(done.length)];
        if (unchanged.length) {
            lines.push(_t("%s were already", unchanged.length));
        }
        for (const { name, text } of problems.slice(0, SHOWN)) {
            lines.push(`${name}: ${text}`);
        }
        if (problems.length > SHOWN) {
            lines.push(_t("and %s more, selected in the list", problems.length - SHOWN));
        }
        if (notTried.length) {
            lines.push(_t("%s were not tried", notTried.length));
        }
        const trouble = problems.length || notTried.length;
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
