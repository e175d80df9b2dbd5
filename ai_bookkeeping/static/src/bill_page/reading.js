import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { groupBy } from "@web/core/utils/arrays";
import { formatFloat } from "@web/core/utils/numbers";

/** What is read off a bill, in the order a person checks it, and the form's fields for it. */
export const FIELDS = () => [
    { key: "vendor_name", label: _t("Vendor"), names: ["partner_id"] },
    { key: "reference", label: _t("Number"), names: ["ref"] },
    { key: "date", label: _t("Date"), names: ["invoice_date"], type: "date" },
    {
        key: "due_date",
        label: _t("Due"),
        names: ["invoice_date_due", "invoice_payment_term_id"],
        type: "date",
    },
    { key: "untaxed", label: _t("Untaxed"), names: [], type: "amount" },
    { key: "tax", label: _t("Tax"), names: [], type: "amount" },
    {
        key: "total",
        label: _t("Total"),
        names: ["quick_edit_total_amount", "tax_totals"],
        type: "amount",
    },
    { key: "currency", label: _t("Currency"), names: ["currency_id"] },
    { key: "vendor_vat", label: _t("VAT"), names: [] },
    { key: "vendor_iban", label: _t("IBAN"), names: ["partner_bank_id"] },
];

/** Missing ones of these are no gap: many bills do not print them. */
const OFTEN_ABSENT = new Set(["vendor_vat", "vendor_iban", "due_date", "currency"]);
const LIKELY = 0.7;

/** A value as people of this language write it. */
export function shown(type, value) {
    if (value === null || value === undefined || value === "") {
        return "";
    }
    if (type === "date") {
        const date = deserializeDate(value);
        return date.isValid ? formatDate(date) : value;
    }
    if (type === "amount") {
        const amount = Number(value);
        return Number.isNaN(amount) ? value : formatFloat(amount, { digits: [16, 2] });
    }
    return value;
}

export function percent(confidence) {
    return `${Math.floor((confidence || 0) * 1000 + 1e-6) / 10} %`;
}

/** Whether a person has put something else into the form than what was read. */
function isChanged(field, read, data) {
    const name = field.names[0];
    const value = name && data[name];
    if (!value) {
        return false;
    }
    if (field.type === "date") {
        return value.toISODate?.() !== read.value;
    }
    return typeof value === "string" && value !== read.value;
}

/**
 * The fields of a reading as the screen shows them.
 *
 * `state` is "sure", "doubtful", "missing" or "absent" (nothing read, and often not printed).
 */
export function fieldsOf(reading, data) {
    const read = (reading && reading.fields) || {};
    return FIELDS().map((field) => {
        const found = read[field.key] || { value: null, confidence: 0, candidates: [] };
        const filled = isChanged(field, found, data);
        let state = "sure";
        if (!filled && (found.value === null || found.value === undefined)) {
            state = OFTEN_ABSENT.has(field.key) ? "absent" : "missing";
        } else if (!filled && !found.sure) {
            state = "doubtful";
        }
        return {
            ...field,
            ...found,
            state,
            text: filled ? "" : shown(field.type, found.value),
            hint: hint(state, found, filled),
            choices: (found.candidates || []).slice(0, 3).map((choice) => ({
                ...choice,
                text: shown(field.type, choice.value),
                percent: percent(choice.confidence),
            })),
        };
    });
}

function hint(state, found, filled) {
    if (filled) {
        return _t("Entered by hand");
    }
    if (state === "missing") {
        return _t("Not found on the page: click it there, or type it");
    }
    if (state === "absent") {
        return _t("Not found on the page");
    }
    const word = found.confidence >= LIKELY ? _t("likely") : _t("unsure");
    return state === "doubtful"
        ? _t("Please check: %(word)s, %(percent)s", { word, percent: percent(found.confidence) })
        : _t("Sure, %s", percent(found.confidence));
}

/** The field a form's input belongs to, if anything is read for it. */
export function keyOf(name) {
    return FIELDS().find(({ names }) => names.includes(name))?.key;
}

/** Words as one text, rows of the page apart, and the rectangle round them. */
export function joined(words) {
    const rows = groupBy(words, (word) => word[5]);
    const text = Object.values(rows)
        .map((row) => row.map((word) => word[0]).join(" "))
        .join("\n");
    const box = [
        Math.min(...words.map((word) => word[1])),
        Math.min(...words.map((word) => word[2])),
        Math.max(...words.map((word) => word[3])),
        Math.max(...words.map((word) => word[4])),
    ];
    return { text, box };
}
