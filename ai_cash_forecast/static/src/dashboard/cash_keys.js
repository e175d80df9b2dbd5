import { useExternalListener } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/**
 * Single keys for the whole screen: never while somebody types, a dialog or a menu is open.
 *
 * @param {Object} actions by key as the browser names it
 */
export function useCashKeys(actions) {
    const ui = useService("ui");
    useExternalListener(window, "keydown", (ev) => {
        const action = actions[ev.key];
        const modified = ev.altKey || ev.ctrlKey || ev.metaKey || ev.isComposing || ev.repeat;
        const typing = ev.target.closest?.("input, textarea, select, [contenteditable=true]");
        if (!action || modified || typing || ev.defaultPrevented) {
            return;
        }
        if (ui.isBlocked || ui.activeElement !== document) {
            return;
        }
        ev.preventDefault();
        action();
    });
}
