import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ai_project_approve", {
    steps: () => [
        {
            content: "The list says why",
            trigger: ".o_data_row:contains(Anna 5 h) .badge:contains(likely)",
        },
        {
            content: "Open the project",
            trigger: ".o_data_row td[name=name]",
            run: "click",
        },
        {
            content: "It says what to look at",
            trigger: ".o_ai_panel .o_ai_vetoes:contains(5 with this invoice, 4 ordered)",
        },
        {
            content: "It compares ordered and worked",
            trigger: ".o_ai_comparison td:contains(5 Hours)",
        },
        { content: "Approve", trigger: ".o_ai_panel button:contains(Approve)", run: "click" },
        { content: "It was told", trigger: ".o_notification:contains(1 approved)" },
        {
            content: "It is done and can be seen",
            trigger: ".o_ai_panel:contains(Applied by)",
        },
        {
            content: "Back to the list",
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "Nothing waits any more",
            trigger: ".o_view_nocontent:contains(No project waits for its invoice)",
        },
    ],
});
