import { useExternalListener } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** What the help lists: keys and what they do. */
export const KEYS = () => [
    { keys: ["j", "k"], text: _t("next, previous line") },
    { keys: ["Enter"], text: _t("approve") },
    { keys: ["r"], text: _t("reject, with a reason") },
    { keys: ["1", "2", "3"], text: _t("choose a candidate") },
    { keys: ["s"], text: _t("search items, split") },
    { keys: ["a"], text: _t("book on an account") },
    { keys: ["b"], text: _t("new bill") },
    { keys: ["u"], text: _t("undo the last decision") },
    { keys: ["/"], text: _t("search bank lines") },
    { keys: ["?"], text: _t("this help") },
];

const PRESSED = "button, a, summary, [role=button], [role=menuitem]";

function isTyping(target) {
    const field = target.closest?.("input, textarea, select, [contenteditable=true]");
    return field && !["radio", "checkbox"].includes(field.type);
}

/**
 * Single keys for the whole screen: never while somebody types, a dialog or a menu is open.
 *
 * @param {Object} actions by key as the browser names it
 */
export function useDeskKeys(actions) {
    const ui = useService("ui");
    // Out of the search bar, back to the keys; before its menu takes the key for itself.
    const leaveSearch = ({ key, target }) => {
        if (key === "Escape" && target.classList?.contains("o_searchview_input")) {
            target.blur();
        }
    };
    useExternalListener(window, "keydown", leaveSearch, { capture: true });
    useExternalListener(window, "keydown", (ev) => {
        const action = actions[ev.key];
        const modified = ev.altKey || ev.ctrlKey || ev.metaKey || ev.isComposing;
        if (!action || modified || ev.defaultPrevented || isTyping(ev.target)) {
            return;
        }
        if (ui.isBlocked || ui.activeElement !== document) {
            return;
        }
        // Enter on a button is a click on it; a key held down decides once.
        if (ev.key === "Enter" && (ev.repeat || ev.target.closest?.(PRESSED))) {
            return;
        }
        ev.preventDefault();
        action();
    });
}
