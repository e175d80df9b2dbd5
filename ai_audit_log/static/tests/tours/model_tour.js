import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const saved = ".o_form_view:has(.o_form_saved), .o_form_view:has(.o_form_status_indicator_buttons.invisible)";

tours.add("ai_model_connection_new", {
    steps: () => [
        {
            content: "The list says which connection cannot be used",
            trigger: ".o_data_row .badge:contains(No address)",
        },
        { content: "New connection", trigger: ".o_list_button_add", run: "click" },
        {
            content: "Its name",
            trigger: "div[name=name] input",
            run: "edit Model in the hall",
        },
        { content: "Its technical name", trigger: "div[name=code] input", run: "edit hall" },
        {
            content: "The model",
            trigger: "div[name=model] input",
            run: "edit demo-stand-in",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        {
            content: "Without an address it says that nothing is asked",
            trigger: ".alert:contains(nothing leaves the server)",
        },
        {
            content: "There is nothing to test yet",
            trigger: ".o_form_view:not(:has(button[name=action_test]))",
        },
    ],
});

tours.add("ai_model_connection_test", {
    steps: () => [
        {
            content: "The key is set and not shown",
            trigger: "div[name=new_api_key] input[type=password][placeholder=unchanged]:value()",
        },
        { content: "Test it", trigger: "button[name=action_test]", run: "click" },
        { content: "It answers", trigger: ".o_notification:contains(answers in)" },
        { content: "The form shows it", trigger: ".badge:contains(Test passed)" },
        {
            content: "The models of the server are offered",
            trigger: "div[name=model]:has(option[value=demo-stand-in])",
        },
        { content: "Change something", trigger: "div[name=timeout] input", run: "edit 20" },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "Saved", trigger: saved },
    ],
});

tours.add("ai_model_connection_refused", {
    steps: () => [
        { content: "Test it", trigger: "button[name=action_test]", run: "click" },
        { content: "It is told at once", trigger: ".o_notification .bg-danger" },
        { content: "The form shows it", trigger: ".badge:contains(Test failed)" },
        {
            content: "The reason stays",
            trigger: "div[name=test_result]:not(:empty)",
        },
    ],
});

tours.add("ai_model_connection_read", {
    steps: () => [
        {
            content: "Where address and key come from",
            trigger: ".o_form_view:has(div[name=address_source]:contains(Entered here))",
        },
        {
            content: "But not what they are, and no test",
            trigger:
                ".o_form_view:not(:has(div[name=base_url], div[name=new_api_key], button[name=action_test]))",
        },
    ],
});

tours.add("ai_model_settings", {
    steps: () => [
        {
            content: "AI Finance",
            trigger: ".settings_tab .tab[data-key=ai_audit_log]",
            run: "click",
        },
        {
            content: "Nothing is connected, and it says what that means",
            trigger: "#ai_provider:contains(No model is connected)",
        },
        {
            content: "Choose the connection",
            trigger: "#ai_provider div[name=ai_provider_id] input",
            run: "edit Model in the hall",
        },
        {
            content: "The new one",
            trigger: ".o-autocomplete--dropdown-item:contains(Model in the hall)",
            run: "click",
        },
        {
            content: "Set a budget",
            trigger: "#ai_model_budget div[name=ai_model_budget] input",
            run: "edit 25",
        },
        {
            content: "Save",
            trigger: ".o_control_panel .o_form_button_save",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open again",
            trigger: ".settings_tab .tab[data-key=ai_audit_log]",
            run: "click",
        },
        {
            content: "What was spent is there",
            trigger: "#ai_model_budget:contains(Spent this month)",
        },
    ],
});

tours.add("ai_model_usage", {
    steps: () => [
        { content: "Tokens by task and month", trigger: ".o_pivot td:contains(2,400)" },
        {
            content: "One row a task",
            trigger: ".o_pivot tbody th:contains(Partner check)",
        },
        { content: "As a list", trigger: ".o_switch_view.o_list", run: "click" },
        { content: "The total of a column", trigger: "tfoot td:contains(2,400)" },
        {
            content: "Open the refused one",
            trigger: ".o_data_row:contains(Answer refused) td[name=task_id]",
            run: "click",
        },
        { content: "It says why", trigger: ".alert:contains(An id was not offered.)" },
        {
            content: "And what left the server",
            trigger: "div[name=sent]:contains(What was sent)",
        },
    ],
});
