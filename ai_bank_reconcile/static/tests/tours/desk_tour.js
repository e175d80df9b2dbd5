import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const line = (text) => `.o_ai_desk_line:contains(${text})`;
const selected = (text) => `.o_ai_desk_selected:contains(${text})`;
const gone = (text) => `.o_ai_desk_rows:not(:has(${line(text)}))`;
const card = (text) => `.o_ai_desk_card_body:contains(${text})`;

/** Press a key as a person at the keyboard does: on whatever has the focus. */
const press = (key) => ({
    content: `Press ${key}`,
    trigger: "body:not(:has(.o_ai_desk_approve:disabled))",
    run: () => {
        const event = { key, bubbles: true, cancelable: true };
        (document.activeElement || document.body).dispatchEvent(
            new KeyboardEvent("keydown", event)
        );
    },
});
// Long enough for a busy machine.
const timeout = 30000;
const see = (content, trigger) => ({ content, trigger, timeout });
const click = (content, trigger) => ({ content, trigger, timeout, run: "click" });
const told = (text) => see(`It was told: ${text}`, `.o_notification:contains(${text})`);

tours.add("ai_desk_keyboard", {
    steps: () => [
        see("The first line is selected", selected("First")),
        press("j"),
        see("The second is", selected("Second")),
        see("Its candidate says how sure it is", `${card("Second")} .badge:contains(sure)`),
        see("And why", `${card("Second")} .badge:contains(amount exact)`),
        see("And what will be booked", ".o_ai_entry tr:contains(Receivable):contains(340.00)"),
        press("Enter"),
        told("approved"),
        see("The line left the list", gone("Second")),
        see("The next line is selected", selected("Third")),
        see("The counts follow", ".o_ai_desk_counts [data-level=sure]:contains(2)"),
        press("u"),
        told("1 undone"),
        see("It is back and selected", selected("Second")),
        see("With its suggestion", `${card("Second")} .o_ai_desk_approve`),
        press("k"),
        see("The one before is selected", selected("First")),
        press("/"),
        see("The cursor is in the search bar", ".o_searchview_input:focus"),
        press("j"),
        see("Keys do nothing while typing", selected("First")),
        press("Escape"),
        press("?"),
        see("The help lists the keys", ".o_ai_desk_keys:contains(undo the last decision)"),
        press("Enter"),
        see("Nothing was approved behind the dialog", line("First")),
        click("Close the help", ".modal footer .btn-primary"),
        see("It is closed", "body:not(:has(.modal))"),
        press("Enter"),
        see("The first left the list", gone("First")),
        see("The next is selected", selected("Second")),
        click("Undo in the toast", ".o_notification button:contains(Undo)"),
        see("It is back", selected("First")),
    ],
});

tours.add("ai_desk_approve_all", {
    steps: () => [
        click("Approve all", ".o_ai_desk_approve_all:contains(53)"),
        click("Confirm", ".modal:contains(53 lines) footer .btn-primary"),
        see("Progress is shown", ".o_ai_progress:contains(of 53)"),
        { ...told("53 approved"), timeout: 60000 },
        see("What is not sure is left", ".o_ai_desk_line:contains(Unknown)"),
        see("And selected", selected("Unknown")),
        see("Nothing sure waits", ".o_ai_desk_head:not(:has(.o_ai_desk_approve_all))"),
        click("Undo", ".o_ai_desk_undo"),
        see("Each is listed", ".o_ai_desk_applied tr:eq(52)"),
        click("Undo the last", ".o_ai_desk_undo_last"),
        { ...told("53 undone"), timeout: 60000 },
        see("They wait again", ".o_ai_desk_approve_all:contains(53)"),
    ],
});

tours.add("ai_desk_reject", {
    steps: () => [
        see("A suggestion waits", `${card("First")} .o_ai_desk_approve`),
        press("r"),
        see("The first reason has the focus", ".modal input[type=radio]:focus"),
        press("2"),
        see("The second is chosen", ".modal input[value=wrong_amount]:checked"),
        {
            content: "Say more",
            trigger: ".modal input[name=note]",
            run: "edit only half of it",
        },
        click("Reject", ".modal footer .btn-primary"),
        told("Rejected"),
        see("The card remembers it", ".o_ai_desk_history:contains(only half of it)"),
        see("The line waits for another way", ".o_ai_desk_hint"),
    ],
});

tours.add("ai_desk_choose", {
    steps: () => [
        see("Two candidates", ".o_ai_desk_candidate[data-rank='2'] .o_ai_desk_choose"),
        see("It says why it is not sure", ".o_ai_desk_why:contains(another candidate)"),
        press("2"),
        see(
            "The other is the suggestion now",
            ".o_ai_desk_suggested:contains(chosen by a person) .o_ai_desk_approve"
        ),
        press("Enter"),
        told("approved"),
        see("Nothing is left, and there is a hint", ".o_nocontent_help:contains(No bank line)"),
    ],
});

tours.add("ai_desk_filters", {
    steps: () => [
        see("Both lines are here", `.o_ai_desk_rows:has(${line("First")}) ${line("Unknown")}`),
        click("Only what nothing fits", "[data-level=nothing_fits]"),
        see("It is a filter as any other", ".o_searchview_facet:contains(Nothing Fits)"),
        see("The sure line is hidden", gone("First")),
        see("It says why", ".o_ai_desk_why:contains(Nothing fits)"),
        see("And what can be done", ".o_ai_desk_hint"),
        see("The counts stay", "[data-level=sure]:contains(1)"),
        click("Only sure ones", "[data-level=sure]"),
        see("The other is hidden", gone("Unknown")),
        see("The first is selected", selected("First")),
        click("All again", "[data-level=sure].btn-primary"),
        see("Both are here", `.o_ai_desk_rows:has(${line("First")}) ${line("Unknown")}`),
        {
            content: "Search in the text",
            trigger: ".o_searchview_input",
            run: "edit Unknown",
        },
        click("As a facet", ".o_searchview_autocomplete .o-dropdown-item:first"),
        see("Only that one", gone("First")),
        click("The list is one click away", ".o_switch_view.o_list"),
        see("With the same filter", ".o_data_row:contains(Unknown)"),
        click("And back", ".o_switch_view.o_kanban"),
        see("On the desk", line("Unknown")),
    ],
});

tours.add("ai_desk_from_dashboard", {
    steps: () => [
        click("The bank card says what waits", ".o_ai_to_review a:contains(1 to review)"),
        see("The desk of that journal", ".o_searchview_facet:contains(Journal)"),
        see("What waits is there", line("First")),
        see("What nothing fits is not", gone("Unknown")),
        {
            content: "Reload the page",
            trigger: ".o_ai_desk",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        see("The filter is still there", ".o_searchview_facet:contains(Journal)"),
        see("And the lines", line("First")),
    ],
});

tours.add("ai_desk_reader", {
    steps: () => [
        see("The line is there", selected("First")),
        see("It says that nothing can be decided", ".o_ai_desk_head:contains(look, not decide)"),
        see("No button decides", ".o_ai_desk:not(:has(.o_ai_desk_approve, .o_ai_desk_ways))"),
        press("Enter"),
        press("r"),
        see("Keys neither", ".o_ai_desk:not(:has(.modal)) .o_ai_desk_selected:contains(First)"),
    ],
});

tours.add("ai_desk_scroll", {
    steps: () => [
        see("The first page", ".o_pager_value:contains(1-80)"),
        {
            content: "Scroll down",
            trigger: ".o_ai_desk_rows",
            run: () => {
                document.querySelector(".o_ai_desk_rows").scrollTop = 1e6;
            },
        },
        see("The next lines were read", ".o_pager_value:contains(1-130)"),
        {
            content: "Scroll to the end",
            trigger: ".o_ai_desk_rows",
            run: () => {
                document.querySelector(".o_ai_desk_rows").scrollTop = 1e6;
            },
        },
        see("The last one can be seen", line("Line 000")),
        see("Few rows are in the page", ".o_ai_desk_rows:not(:has(.o_ai_desk_line:eq(90)))"),
    ],
});

tours.add("ai_desk_mobile", {
    steps: () => [
        click("Open a line", line("Second")),
        see("The card covers the list", ".o_ai_desk:not(:has(.o_ai_desk_rows)) .o_ai_desk_card_body"),
        click("Back", ".o_ai_desk_back"),
        click("Another one", line("First")),
        click("Approve", `${card("First")} .o_ai_desk_approve:enabled`),
        told("approved"),
        see("The next line is shown", card("Second")),
        click("Back", ".o_ai_desk_back"),
        see("The first is gone", gone("First")),
    ],
});

tours.add("ai_desk_difference", {
    steps: () => [
        see("The difference is a line of its own", ".o_ai_desk_difference:contains(256.00)"),
        see("It stays open", ".o_ai_desk_difference input[value=open]:checked"),
        see(
            "There is nothing to put on account",
            ".o_ai_desk_difference input[value=on_account]:disabled"
        ),
        click("Write it off", ".o_ai_desk_difference input[value=write_off]"),
        {
            content: "To an account",
            trigger: ".o_ai_desk_write_off input",
            run: "edit Desk differences",
        },
        click("That one", ".o-autocomplete--dropdown-item:contains(Desk differences)"),
        see("It is in the entry", ".o_ai_entry tr:contains(Desk differences):contains(256.00)"),
        press("Enter"),
        told("approved"),
    ],
});

tours.add("ai_desk_by_hand", {
    steps: () => [
        see("Nothing fits, and there are other ways", ".o_ai_desk_ways .o_ai_desk_items"),
        press("s"),
        see("The search for items opens", ".modal:contains(Reconcile by hand)"),
        click("Not now", ".modal .btn-close"),
        see("Back on the desk", `body:not(:has(.modal)) ${selected("Unknown")}`),
        press("a"),
        see("The account dialog opens", ".modal:contains(Reconcile by hand)"),
        click("Not now", ".modal .btn-close"),
        see("Back on the desk", `body:not(:has(.modal)) ${selected("Unknown")}`),
        press("b"),
        see("A draft bill opens", ".o_form_view .o_arrow_button_current:contains(Draft)"),
    ],
});
