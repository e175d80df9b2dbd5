import { reactive } from "@odoo/owl";
import { ProgressDialog } from "./progress_dialog";

/** So many records at once: a part ends well within a worker's time limit. */
export const PART = 50;

/**
 * Work through many records in parts, with progress and a way to stop where it takes longer.
 *
 * @param {Object} dialog the dialog service
 * @param {string} title of the progress dialog
 * @param {number[]} ids
 * @param {(part: number[]) => Promise} work
 * @returns {Promise<{tried: number, error: Error|null}>} error: what ended it early
 */
export async function inParts(dialog, title, ids, work) {
    const progress = reactive({ done: 0, total: ids.length, stopped: false });
    const close = ids.length > PART && dialog.add(ProgressDialog, { title, progress });
    let error = null;
    try {
        for (let start = 0; start < ids.length && !progress.stopped; start += PART) {
            const part = ids.slice(start, start + PART);
            await work(part);
            progress.done += part.length;
        }
    } catch (problem) {
        error = problem;
    }
    if (close) {
        close();
    }
    return { tried: progress.done, error };
}

/**
 * Apply or undo many suggestions; the failure of one never stops the others.
 *
 * @param {{orm: Object, dialog: Object}} services
 * @param {"apply"|"undo"} action
 * @param {string} title of the progress dialog
 * @param {number[]} ids of suggestions
 */
export async function decideInParts({ orm, dialog }, action, title, ids) {
    const result = { done: [], unchanged: [], problems: [] };
    const { tried, error } = await inParts(dialog, title, ids, async (part) => {
        const found = await orm.call("ai.audit.log", "action_part", [part, action]);
        result.done.push(...found.done);
        result.unchanged.push(...found.unchanged);
        result.problems.push(...found.problems);
    });
    return { ...result, notTried: ids.slice(tried), error };
}
