import { registry } from "@web/core/registry";

const learned = ".o_data_row:contains(Rossi Holding)";

registry.category("web_tour.tours").add("ai_bank_memory_edit", {
    steps: () => [
        { content: "What was learned is listed", trigger: `${learned}:contains(Azure Interior)` },
        { content: "Open it", trigger: `${learned} td[name=text]`, run: "click" },
        {
            content: "It shows the line it was learned from",
            trigger: "div[name=evidence_ids] .o_data_row:contains(Approved suggestion)",
        },
        {
            content: "Correct the partner",
            trigger: "div[name=partner_id] input",
            run: "edit Wood Corner",
        },
        {
            content: "Choose it",
            trigger: ".o-autocomplete--dropdown-item:contains(Wood Corner GmbH)",
            run: "click",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "It is a person's now", trigger: "div[name=by_hand] input:checked" },
        { content: "Forget it", trigger: "button[name=action_forget]", run: "click" },
        { content: "It is forgotten", trigger: ".ribbon:contains(Forgotten)" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_rule_accept", {
    steps: () => [
        {
            content: "Look for rules",
            trigger: ".o_control_panel button:contains(Look for rules)",
            run: "click",
        },
        { content: "It was told", trigger: ".o_notification:contains(rules proposed)" },
        {
            content: "Open a rule",
            trigger: ".o_data_row:contains(account fee) td[name=name]",
            run: "click",
        },
        {
            content: "It says what it would have done",
            trigger: ".o_ai_back_test:contains(Would have hit 14 lines, 1 against your past choice)",
        },
        {
            content: "The line against it opens",
            trigger: "button[name=action_open_against]",
            run: "click",
        },
        { content: "One line", trigger: ".o_data_row:contains(Account fee):contains(30.00)" },
        { content: "Back", trigger: ".breadcrumb-item a:contains(account fee)", run: "click" },
        { content: "Accept", trigger: "button[name=action_accept]", run: "click" },
        { content: "It is in use", trigger: "button[name=action_switch_off]" },
        { content: "Who accepted it is shown", trigger: "div[name=maker_id]:contains(clerk)" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_reliability", {
    steps: () => [
        { content: "The chart is drawn", trigger: ".o_ai_reliability_chart canvas" },
        {
            content: "The table has the figures",
            trigger: ".o_ai_reliability td:contains(90% – 95%)",
        },
        { content: "The present threshold", trigger: ".o_ai_now:contains(Threshold now: 95%)" },
        { content: "Aim a little lower", trigger: ".o_ai_target", run: "select 0.95" },
        { content: "One is proposed", trigger: ".o_ai_proposed:contains(Proposed: 93%)" },
        { content: "Use it", trigger: ".o_ai_use_threshold", run: "click" },
        {
            content: "It is asked first",
            trigger: ".modal footer button:contains(Use this threshold)",
            run: "click",
        },
        { content: "It is in use", trigger: ".o_ai_now:contains(Threshold now: 93%)" },
    ],
});
