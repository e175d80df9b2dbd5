import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { ProgressDialog } from "@ai_audit_log/review_list/progress_dialog";

const MODEL = "ai.bank.statement.upload";
/** Where the server works on the same import, we only look how far it is. */
const PAUSE = 1500;

/** How far the import of a long file is; stopped, the server goes on by itself. */
export class ImportProgress extends ProgressDialog {
    static template = "ai_bank_reconcile.ImportProgress";
}

/** Ask for part after part; return what the import ended with. */
async function importParts(env, uploadId, progress) {
    const { orm } = env.services;
    while (!progress.stopped) {
        const before = progress.done;
        const part = await orm.call(MODEL, "action_next_part", [[uploadId]]);
        Object.assign(progress, { done: part.done, total: part.total });
        if (part.state !== "importing") {
            return part;
        }
        if (part.done === before) {
            await new Promise((resolve) => browser.setTimeout(resolve, PAUSE));
        }
    }
    await orm.call(MODEL, "action_in_background", [[uploadId]]);
    return null;
}

/** The client action of a long import: parts with progress, then the new lines. */
async function importStatement(env, action) {
    const { upload_id: uploadId, total, filename } = action.params;
    const progress = reactive({ done: 0, total, stopped: false });
    const close = env.services.dialog.add(
        ImportProgress,
        { title: _t("Importing %s", filename), progress },
        { onClose: () => (progress.stopped = true) }
    );
    let part = null;
    try {
        part = await importParts(env, uploadId, progress);
    } finally {
        close();
    }
    if (!part) {
        env.services.notification.add(
            _t("The rest of %s is imported in the background. See Bank > Imports.", filename),
            { type: "info" }
        );
        return { type: "ir.actions.act_window_close" };
    }
    if (part.state === "failed") {
        env.services.notification.add(
            _t("The import stopped after %(done)s of %(total)s lines: %(error)s", part),
            { type: "danger", sticky: true }
        );
        return {
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: uploadId,
            views: [[false, "form"]],
        };
    }
    return part.next || { type: "ir.actions.act_window_close" };
}

registry.category("actions").add("ai_statement_import", importStatement);
