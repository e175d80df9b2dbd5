import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ai_invoicing_deliver", {
    steps: () => [
        {
            content: "Open the delivery of the order",
            trigger: "button[name=action_view_delivery]",
            run: "click",
        },
        {
            content: "Validate what is picked",
            trigger: ".o_statusbar_buttons button[name=button_validate]",
            run: "click",
        },
        {
            content: "The delivery is done",
            trigger: ".o_arrow_button_current:contains(Done)",
        },
    ],
});

registry.category("web_tour.tours").add("ai_invoicing_approve_on_delivery", {
    steps: () => [
        {
            content: "The delivery shows the suggestion for its invoice",
            trigger: ".o_ai_panel:contains(Post invoice of) .badge:contains(sure)",
        },
        {
            content: "It says why",
            trigger: ".o_ai_panel .badge:contains(delivered as ordered)",
        },
        {
            content: "It compares ordered and delivered",
            trigger: ".o_ai_comparison td:contains(3 Units)",
        },
        {
            content: "Open the draft",
            trigger: "button[name=action_ai_open_invoices]",
            run: "click",
        },
        {
            content: "It is a draft, with the same suggestion",
            trigger: ".o_form_view:has(.o_arrow_button_current:contains(Draft)) .o_ai_panel",
        },
        { content: "Approve", trigger: ".o_ai_panel button:contains(Approve)", run: "click" },
        { content: "It was told", trigger: ".o_notification:contains(1 approved)" },
        {
            content: "The invoice is posted",
            trigger: ".o_arrow_button_current:contains(Posted)",
        },
        {
            content: "It can be taken back",
            trigger: ".o_ai_panel button:contains(Undo)",
        },
        {
            content: "Its delivery is one click away",
            trigger: "button[name=action_ai_open_deliveries]",
            run: "click",
        },
        {
            content: "The delivery is there",
            trigger: ".o_form_view .o_arrow_button_current:contains(Done)",
        },
    ],
});

registry.category("web_tour.tours").add("ai_invoicing_draft_by_button", {
    steps: () => [
        {
            content: "Draft the invoice of the order",
            trigger: ".o_statusbar_buttons button[name=action_ai_draft_invoices]",
            run: "click",
        },
        {
            content: "The draft opens, with its reasons",
            trigger: ".o_form_view:has(.o_arrow_button_current:contains(Draft)) .o_ai_panel",
        },
        {
            content: "What was invoiced as ordered is said",
            trigger: ".o_ai_panel .badge:contains(invoiced as ordered)",
        },
    ],
});

registry.category("web_tour.tours").add("ai_invoicing_approve_sending", {
    steps: () => [
        {
            content: "The posted invoice shows how it would be sent, and to whom",
            trigger: ".o_form_view:contains(azure@example.com) button[name=action_ai_send_approve]",
        },
        {
            content: "Approve",
            trigger: "button[name=action_ai_send_approve]",
            run: "click",
        },
        {
            content: "It waits for the worker",
            trigger: ".o_form_view:contains(Waiting)",
        },
    ],
});
