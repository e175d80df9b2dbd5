import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";

/** What the help lists: keys and what they do. */
const KEYS = () => [
    { keys: "Alt+M", text: _t("next field to check (with Shift the one before)") },
    { keys: "Alt+1, 2, 3", text: _t("take a candidate") },
    { keys: "Alt+Enter", text: _t("approve the suggestion, or confirm the bill") },
    { keys: "Alt+S", text: _t("save") },
    { keys: "", text: _t("Click a word, or drag over words: they fill the focused field.") },
];

/**
 * Keys of the bill beside its page; they work while somebody types in a field, too.
 *
 * @param {Object} actions
 */
export function useBillKeys(actions) {
    const options = { bypassEditableProtection: true };
    useHotkey("alt+m", actions.next, { ...options, allowRepeat: true });
    useHotkey("alt+shift+m", actions.previous, { ...options, allowRepeat: true });
    useHotkey("alt+enter", actions.approve, options);
    for (const index of [0, 1, 2]) {
        useHotkey(`alt+${index + 1}`, () => actions.choose(index), {
            ...options,
            isAvailable: () => actions.canChoose(index),
        });
    }
    return KEYS();
}
