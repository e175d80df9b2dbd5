import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ai_remittance_desk", {
    steps: () => [
        { content: "The line", trigger: ".o_ai_desk_line:contains(SEPA CREDIT)", run: "click" },
        {
            content: "Ask for what the payer sent",
            trigger: ".o_ai_desk_card_body button.o_ai_desk_remit",
            run: "click",
        },
        {
            content: "Paste the text of the mail",
            trigger: ".modal [name=text] textarea",
            run: (helpers) =>
                helpers.edit("We paid\nRF-1250   1,250.00\nRF-9990   99.90\nTotal   1,349.90"),
        },
        { content: "Read it", trigger: ".modal button[name=action_upload]", run: "click" },
        {
            content: "It is on the line",
            trigger: "body:not(:has(.modal)) .o_ai_desk_remittance:contains(2 documents)",
        },
        {
            content: "Both documents are suggested, and why",
            trigger: ".o_ai_desk_candidate[data-rank='1']:contains(remittance advice)",
        },
        { content: "Approve", trigger: ".o_ai_desk_approve", run: "click" },
        {
            content: "The line is gone",
            trigger: "body:not(:has(.o_ai_desk_line:contains(SEPA CREDIT)))",
        },
    ],
});
