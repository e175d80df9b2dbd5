import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
// Long enough for a busy machine.
const timeout = 30000;
const see = (content, trigger) => ({ content, trigger, timeout });
const click = (content, trigger) => ({ content, trigger, timeout, run: "click" });
const edit = (content, trigger, text) => ({ content, trigger, timeout, run: `edit ${text}` });

tours.add("ai_cash_forecast", {
    steps: () => [
        see("The page says what is in the bank", ".o_ai_cash_today:contains(10,000)"),
        see("And the risk", ".o_ai_cash_lowest:contains(floor)"),
        see("The chart is drawn", ".o_ai_cash_chart canvas"),
        see("Thirteen weeks", ".o_ai_cash_grid tr[data-row=p50] td:nth-child(14)"),
        see("Accuracy is on the page", ".o_ai_cash_accuracy"),
        click("Switch to days", ".o_ai_cash_days"),
        see("Fourteen days", ".o_ai_cash_grid tr[data-row=p50] td:nth-child(15)"),
        click("And back", ".o_ai_cash_weeks"),
        click("Open what comes in", ".o_ai_cash_total[data-days='90'] button:contains(in)"),
        see("The invoice is listed with its reason", ".o_list_view .o_data_row:contains(Azure Interior)"),
        click("Open it", ".o_data_row:contains(Azure Interior):first td[name=label]"),
        see("It is the invoice itself", ".o_form_view .o_field_widget[name=partner_id]"),
        click("Back to the list", ".o_back_button"),
        see("The list again", ".o_list_view"),
        click("Back to the page", ".o_back_button:contains(Cash Forecast)"),
        click("Open a week", ".o_ai_cash_grid tr[data-row=out] td:nth-child(4) .o_ai_cash_number"),
        see("Its lines are listed", ".o_list_view"),
        click("Back to the page", ".o_back_button:contains(Cash Forecast)"),
        // A scenario
        click("Open the scenarios", ".o_ai_cash_scenarios"),
        click("Make one", ".o_ai_cash_new_scenario"),
        edit("Name it", ".modal .o_field_widget[name=name] input, .modal .o_field_widget[name=name] textarea", "Azure a month later"),
        click("Add an assumption", ".modal .o_field_x2many_list_row_add a"),
        edit("Days later", ".modal .o_selected_row .o_field_widget[name=days] input", "30"),
        click("Save", ".modal .o_form_button_save"),
        see("It is compared", ".o_ai_cash_compare:contains(Azure a month later)"),
        see("With differences", ".o_ai_cash_compare td:contains(-)"),
        // From a shortfall to an activity
        see("Something can be done", ".o_ai_cash_action .o_ai_cash_do"),
        click("Do it", ".o_ai_cash_action:first .o_ai_cash_do"),
        see("It is done", ".o_ai_cash_action .badge:contains(done)"),
        // Published
        click("Publish", ".o_ai_cash_publish"),
        click("Yes", ".modal footer .btn-primary"),
        see("It is published", ".o_notification:contains(published)"),
    ],
}); // prettier-ignore

tours.add("ai_cash_empty", {
    steps: () => [
        see("The page says what to do", ".o_ai_cash:contains(Nothing to forecast yet)"),
        click("Enter what is expected", ".o_ai_cash_expected"),
        see("There it is", ".o_list_view, .o_view_nocontent"),
    ],
});

tours.add("ai_cash_variance", {
    steps: () => [
        click("How right were we?", ".o_ai_cash_accuracy:contains(weeks inside the band)"),
        see("By cause", ".o_pivot th:contains(Earlier or later)"),
        click("As a list", ".o_switch_view.o_list"),
        see("Each difference has a cause", ".o_list_view .o_data_row .badge"),
        see("And they add up", ".o_list_view tfoot .o_list_number"),
    ],
});
