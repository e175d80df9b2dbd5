import { registry } from "@web/core/registry";

const line = ".o_data_row:contains(Azure transfer)";

registry.category("web_tour.tours").add("ai_bank_match_suggest_and_approve", {
    steps: () => [
        { content: "Wait for the bank lines", trigger: line },
        {
            content: "Select the line",
            trigger: `${line} .o_list_record_selector input`,
            run: "click",
        },
        {
            content: "Ask for suggestions",
            trigger: ".o_control_panel button:contains(Suggest matches)",
            run: "click",
        },
        {
            content: "The suggestion shows its confidence in the list",
            trigger: `${line} .badge:contains(sure)`,
        },
        {
            content: "Open the line",
            trigger: `${line} td[name=payment_ref]`,
            run: "click",
        },
        {
            content: "It says why",
            trigger: ".o_ai_panel .badge:contains(amount exact)",
        },
        {
            content: "It shows the entry that will be made",
            trigger: ".o_ai_entry tr:contains(Receivable):contains(1,250.00)",
        },
        { content: "Approve", trigger: ".o_ai_panel button:contains(Approve)", run: "click" },
        { content: "The line is matched", trigger: ".o_ai_matched" },
        { content: "It was told", trigger: ".o_notification:contains(1 approved)" },
        {
            content: "The log row is one click away",
            trigger: "button[name=action_ai_open_log]",
            run: "click",
        },
        { content: "The log is there", trigger: ".o_data_row .badge:contains(Applied)" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_match_invoice_paid", {
    steps: () => [{ content: "The invoice is paid", trigger: ".ribbon:contains(Paid)" }],
});

registry.category("web_tour.tours").add("ai_bank_match_undo", {
    steps: () => [
        { content: "Undo", trigger: ".o_ai_panel button:contains(Undo)", run: "click" },
        { content: "It was told", trigger: ".o_notification:contains(1 undone)" },
        {
            content: "The line is open again",
            trigger: ".o_statusbar_buttons button:contains(Suggest matches)",
        },
    ],
});

registry.category("web_tour.tours").add("ai_bank_match_invoice_open", {
    steps: () => [
        {
            content: "The invoice is open: it can be paid",
            trigger: ".o_statusbar_buttons button:contains(Pay)",
        },
    ],
});

registry.category("web_tour.tours").add("ai_bank_match_bulk_from_queue", {
    steps: () => [
        { content: "Two suggestions wait", trigger: ".o_data_row:eq(1)" },
        {
            content: "Select all",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Approve them",
            trigger: ".o_control_panel button:contains(Approve)",
            run: "click",
        },
        { content: "It was told", trigger: ".o_notification:contains(2 approved)" },
        { content: "The queue is empty", trigger: ".o_nocontent_help:contains(Nothing waits)" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_match_long_selection", {
    steps: () => [
        { content: "Many suggestions wait", trigger: ".o_data_row:eq(52)" },
        {
            content: "Select all",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Approve them",
            trigger: ".o_control_panel button:contains(Approve)",
            run: "click",
        },
        { content: "Progress is shown", trigger: ".o_ai_progress:contains(of 53)" },
        {
            content: "It was told",
            trigger: ".o_notification:contains(52 approved)",
            timeout: 60000,
        },
        { content: "And why one was not", trigger: ".o_notification:contains(locked)" },
        {
            content: "The one that failed is left and selected",
            trigger: ".o_data_row_selected:not(:has(~ .o_data_row))",
        },
        { content: "The counter says so", trigger: ".o_selection_box:contains(1)" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_match_reject", {
    steps: () => [
        { content: "Reject", trigger: ".o_ai_panel button:contains(Reject)", run: "click" },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reason] input[data-value=wrong_amount]",
            run: "click",
        },
        { content: "Reject", trigger: ".modal footer button:contains(Reject)", run: "click" },
        { content: "It was told", trigger: ".o_notification:contains(1 rejected)" },
    ],
});

const openSettings = () => [
    {
        content: "Open the settings of AI Finance",
        trigger: ".settings_tab .tab[data-key=ai_audit_log]",
        run: "click",
    },
    {
        content: "Core warns about pricelists and taxes of the test company",
        trigger: ".modal button:contains(Close)",
        run: "click",
    },
];

registry.category("web_tour.tours").add("ai_finance_settings", {
    steps: () => [
        ...openSettings(),
        {
            content: "The table tells what happened in the last 30 days",
            trigger: "#ai_finance_policies .o_data_row:contains(Bank match) td[name=recent_suggested]:contains(1)",
        },
        {
            content: "Open the policy of the bank match",
            trigger: "#ai_finance_policies .o_data_row:contains(Bank match) td[name=task_id]",
            run: "click",
        },
        {
            content: "It says what the limits would have done",
            trigger: ".modal [name=what_if]:contains(have applied 1 suggestions)",
        },
        {
            content: "Nothing is that sure",
            trigger: ".modal [name=min_confidence] input",
            run: "edit 100 && press Tab",
        },
        {
            content: "The sentence follows what is not saved yet",
            trigger: ".modal [name=what_if]:contains(have applied 0 suggestions)",
        },
        {
            content: "Set another minimum confidence",
            trigger: ".modal [name=min_confidence] input",
            run: "edit 97 && press Tab",
        },
        {
            content: "The sentence follows",
            trigger: ".modal [name=what_if]:contains(have applied 1 suggestions)",
        },
        {
            content: "Keep it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The dialog is gone",
            trigger: "body:not(:has(.modal))",
        },
        {
            content: "Save",
            trigger: ".o_control_panel .o_form_button_save",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "The page is back", trigger: ".o_main_navbar" },
    ],
});

registry.category("web_tour.tours").add("ai_finance_phases", {
    steps: () => [
        ...openSettings(),
        {
            content: "People decide",
            trigger: "#ai_finance_phase .badge:contains(Assist)",
        },
        {
            content: "Try to automate everything",
            trigger: "#ai_finance_phase button:contains(Automate)",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal:contains(without a person) footer .btn-primary",
            run: "click",
        },
        {
            content: "Tasks without a maximum amount are named",
            trigger: ".modal:contains(needs a maximum amount):contains(Bank match) footer button",
            run: "click",
        },
        {
            content: "Observe instead",
            trigger: "body:not(:has(.modal)) #ai_finance_phase button:contains(Observe)",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal:contains(shown to nobody) footer .btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "The page is back", trigger: ".o_main_navbar" },
    ],
});

/** Press Alt and a key, as a person at the keyboard does. */
function pressAlt(key) {
    const event = { key, altKey: true, bubbles: true, cancelable: true };
    (document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", event));
}

registry.category("web_tour.tours").add("ai_bank_match_queue_by_keyboard", {
    steps: () => [
        {
            content: "Select all",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Alt+A approves",
            trigger: ".o_control_panel button[data-hotkey=a]:contains(Approve)",
            run: () => pressAlt("a"),
        },
        { content: "It was told", trigger: ".o_notification:contains(2 approved)" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_match_undo_run", {
    steps: () => [
        {
            content: "Undo what the run applied",
            trigger: ".o_data_row:first button:contains(Undo this run)",
            run: "click",
        },
        { content: "Confirm", trigger: ".modal footer .btn-primary", run: "click" },
        { content: "It was told", trigger: ".o_notification:contains(2 undone)" },
    ],
});

registry.category("web_tour.tours").add("ai_audit_verify", {
    steps: () => [
        {
            content: "Open the menu of the log",
            trigger: ".o_menu_sections button:contains(Log)",
            run: "click",
        },
        { content: "Verify", trigger: ".o-dropdown-item:contains(Verify)", run: "click" },
        { content: "Verify now", trigger: ".modal button:contains(Verify)", run: "click" },
        { content: "All is intact", trigger: ".modal .alert-success:contains(as it was written)" },
    ],
});
