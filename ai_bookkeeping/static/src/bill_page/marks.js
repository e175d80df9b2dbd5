const MARKS = { doubtful: "o_ai_doubtful", missing: "o_ai_missing" };

/**
 * Underline in the form what is to be checked; the hint says how sure the reading is.
 *
 * @param {HTMLElement} form
 * @param {Object[]} fields as the page lists them
 */
export function markFields(form, fields) {
    for (const { names, state, hint } of fields) {
        const element = names.length && form.querySelector(`.o_field_widget[name="${names[0]}"]`);
        if (!element) {
            continue;
        }
        for (const [mark, css] of Object.entries(MARKS)) {
            element.classList.toggle(css, mark === state);
        }
        if (MARKS[state]) {
            element.dataset.tooltip = hint;
        } else {
            delete element.dataset.tooltip;
        }
    }
}
