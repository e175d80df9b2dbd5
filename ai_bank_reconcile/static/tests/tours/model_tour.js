import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("ai_model_prompt", {
    steps: () => [
        {
            content: "Change the text",
            trigger: "div[name=instructions] textarea",
            run: "edit Order the candidates of the bank line, the best one first.",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "A new version is in use", trigger: "div[name=number]:contains(2)" },
        { content: "Try it", trigger: "button[name=action_test]", run: "click" },
        {
            content: "What would be sent has the new text",
            trigger: ".modal div[name=sent]:contains(the best one first)",
        },
        {
            content: "And the phone number is masked",
            trigger: ".modal div[name=masked_label]:contains(PHONE 1)",
        },
        { content: "Ask", trigger: ".modal button[name=action_ask]", run: "click" },
        { content: "The answer is valid", trigger: ".modal .badge:contains(valid)" },
        {
            content: "It says what would be suggested",
            trigger: ".modal div[name=result]:contains(Match)",
        },
        { content: "Close", trigger: ".modal footer button:contains(Close)", run: "click" },
        {
            content: "All versions",
            trigger: "body:not(:has(.modal)) .nav-link:contains(Versions)",
            run: "click",
        },
        {
            content: "Open the first one",
            trigger: ".o_data_row:contains(Addon) td[name=number]",
            run: "click",
        },
        {
            content: "It is compared with the one in use",
            trigger: ".modal .o_ai_difference:has(del:contains(the best one first)):has(ins)",
        },
        {
            content: "Close",
            trigger: ".modal-header .btn-close",
            run: "click",
        },
        {
            content: "Back to the first one",
            trigger:
                "body:not(:has(.modal)) .o_data_row:contains(Addon) button[name=action_use]",
            run: "click",
        },
        { content: "It is in use again", trigger: "div[name=number]:contains(1)" },
    ],
});

tours.add("ai_model_sentence", {
    steps: () => [
        {
            content: "The sentence, and who wrote it",
            trigger: ".o_ai_panel .o_ai_explanation:contains(Written by the model)",
        },
        {
            content: "Its model is named on hover",
            trigger: ".o_ai_explanation small[title=demo-stand-in]",
        },
        { content: "Details", trigger: ".o_ai_panel button:contains(Details)", run: "click" },
        {
            content: "The log tells the same",
            trigger: "div[name=explanation]:not(:empty)",
        },
        { content: "Evidence", trigger: ".nav-link:contains(Evidence)", run: "click" },
        { content: "Which question it was", trigger: ".o_ai_model_uses:contains(used)" },
    ],
});

tours.add("ai_model_refused", {
    steps: () => [
        {
            content: "The engine's result stands, and it says why",
            trigger: ".o_ai_panel .o_ai_model_note:contains(The engine's result stands)",
        },
        {
            content: "There is no sentence of a model",
            trigger: ".o_ai_panel:not(:has(.o_ai_explanation))",
        },
    ],
});

tours.add("ai_model_alarm", {
    steps: () => [
        {
            content: "Nothing fits, but the text is not to be overlooked",
            trigger: ".o_ai_panel .o_ai_vetoes:contains(Look twice) .text-bg-warning .fa-exclamation-triangle",
        },
    ],
});
