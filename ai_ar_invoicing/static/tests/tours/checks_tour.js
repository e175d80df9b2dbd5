import { registry } from "@web/core/registry";

const panel = ".o_ai_checks";

registry.category("web_tour.tours").add("ai_invoice_checks_blocked", {
    steps: () => [
        {
            content: "What was found is there, with its fix",
            trigger: `${panel} [data-check=email]:contains(Enter an e-mail address)`,
        },
        {
            content: "What blocks is told apart, and counted",
            trigger: `${panel} [data-check=duplicate] .fa-ban`,
        },
        {
            content: "The title sums it up",
            trigger: `${panel} .o_ai_checks_title:contains(1 blocking)`,
        },
        {
            content: "What passed is one click away",
            trigger: `${panel} button:contains(All checks)`,
            run: "click",
        },
        { content: "It is named", trigger: `${panel} .o_ai_check:contains(Payment terms)` },
        {
            content: "Posting is refused",
            trigger: "button[name=action_post]",
            run: "click",
        },
        {
            content: "With the sentence and the way out",
            trigger: ".modal:contains(same customer, amount and date)",
        },
        { content: "Close", trigger: ".modal button:contains(Close)", run: "click" },
        {
            content: "Open the customer from the finding",
            trigger: `body:not(:has(.modal)) ${panel} [data-check=email] button:contains(Open)`,
            run: "click",
        },
        { content: "There it is", trigger: ".o_breadcrumb:contains(Azure Interior)" },
    ],
});

registry.category("web_tour.tours").add("ai_invoice_checks_post_anyway", {
    steps: () => [
        {
            content: "An approver may post anyway",
            trigger: "button[name=action_ai_post_anyway]",
            run: "click",
        },
        {
            content: "What stands in the way is named once more",
            trigger: ".modal:contains(same customer, amount and date)",
        },
        {
            content: "Say why",
            trigger: ".modal [name=reason] input",
            run: "edit Two desks on one day",
        },
        { content: "Post", trigger: ".modal button[name=action_post]", run: "click" },
        {
            content: "It is posted",
            trigger: "body:not(:has(.modal)) .o_arrow_button_current:contains(Posted)",
        },
        {
            content: "The reason stands in the chatter",
            trigger: ".o-mail-Message:contains(Two desks on one day)",
        },
    ],
});

registry.category("web_tour.tours").add("ai_invoice_checks_mend", {
    steps: () => [
        {
            content: "The taxes are not those of the product",
            trigger: `${panel} [data-check=taxes] button:contains(Mend)`,
            run: "click",
        },
        {
            content: "Everything passed",
            trigger: `${panel}:not(:has([data-check=taxes])) .o_ai_checks_title:contains(passed)`,
        },
    ],
});

registry.category("web_tour.tours").add("ai_invoice_account_approve", {
    steps: () => [
        {
            content: "The usual account is suggested, with the invoices that had it",
            trigger: `${panel} .o_ai_accounts:contains(Other Sales):contains(INV/)`,
        },
        {
            content: "Approve",
            trigger: `${panel} .o_ai_accounts button:contains(Approve)`,
            run: "click",
        },
        { content: "It was told", trigger: ".o_notification:contains(1 approved)" },
        {
            content: "It can be taken back",
            trigger: `${panel} .o_ai_accounts button:contains(Undo)`,
        },
    ],
});
