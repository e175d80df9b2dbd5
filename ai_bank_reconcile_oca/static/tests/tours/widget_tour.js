import { registry } from "@web/core/registry";

const line = ".o_kanban_record:contains(1,250.00)";
const panel = ".o_ai_beside_widget .o_ai_panel";

registry.category("web_tour.tours").add("ai_bank_reconcile_oca_approve", {
    steps: () => [
        {
            content: "The line shows how sure we are",
            trigger: `${line} .badge:contains(sure)`,
            timeout: 60000,
        },
        { content: "Open it beside the list", trigger: line, run: "click" },
        { content: "It says why", trigger: `${panel} .badge:contains(amount exact)` },
        { content: "The widget is there as before", trigger: ".o_account_reconcile_oca_statusbar" },
        { content: "Approve", trigger: `${panel} button:contains(Approve)`, run: "click" },
        { content: "It was told", trigger: ".o_notification:contains(1 approved)" },
        { content: "The list knows", trigger: `${line} .badge:contains(Reconciled)` },
    ],
});

registry.category("web_tour.tours").add("ai_bank_reconcile_oca_undo", {
    steps: () => [
        { content: "Open the line", trigger: line, run: "click", timeout: 60000 },
        { content: "Undo", trigger: `${panel} button:contains(Undo)`, run: "click" },
        { content: "It was told", trigger: ".o_notification:contains(1 undone)" },
        { content: "The line is open", trigger: `${line}:not(:contains(Reconciled))` },
    ],
});
