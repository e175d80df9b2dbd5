import { registry } from "@web/core/registry";

const search = ".modal .o_ai_by_hand_search input";
const items = ".modal .o_ai_by_hand_item";
const parts = ".modal .o_field_x2many_list .o_data_row";
const left = ".modal .o_ai_by_hand_rest";

/** Two documents and an account, without the mouse but for opening the screen. */
registry.category("web_tour.tours").add("ai_bank_by_hand_by_keyboard", {
    steps: () => [
        {
            content: "Reconcile by hand",
            trigger: ".o_statusbar_buttons button:contains(Reconcile by hand)",
            run: "click",
        },
        { content: "The cursor is in the search box", trigger: `${search}:focus` },
        { content: "Nothing is chosen yet", trigger: `${left}:contains(905.00)` },
        { content: "It cannot be booked", trigger: ".modal footer button:contains(Book):disabled" },
        { content: "Search by partner", trigger: search, run: "edit azure" },
        {
            content: "Only that partner's documents are left",
            trigger: ".modal .o_ai_by_hand_results:not(:has(tr:contains(Wood)))",
        },
        { content: "Enter takes the marked one", trigger: search, run: "press Enter" },
        { content: "It is a part", trigger: `${parts}:contains(Azure Interior)` },
        { content: "The rest is counted down", trigger: `${left}:contains(405.00)` },
        {
            content: "What is chosen is not offered again",
            trigger: `.modal .o_ai_by_hand_results:not(:has(tr:contains(Azure)))`,
        },
        { content: "Search by amount", trigger: search, run: "edit 400,00" },
        {
            content: "The one of this amount is left",
            trigger: ".modal .o_ai_by_hand_results:not(:has(.o_ai_by_hand_item:eq(1)))",
        },
        { content: "It is the one", trigger: `${items}.table-active:contains(400.00)` },
        { content: "Take it", trigger: search, run: "press Enter" },
        { content: "Five are left", trigger: `${left}:contains(5.00):not(:contains(405))` },
        {
            content: "The entry shows where the rest stays for now",
            trigger: ".modal .o_ai_entry tr:contains(Suspense):contains(5.00)",
        },
        {
            content: "Add an account",
            trigger: ".modal .o_field_x2many_list_row_add a:contains(Add an account)",
            run: "click",
        },
        {
            content: "Which one",
            trigger: `${parts}.o_selected_row div[name=account_id] input`,
            run: "edit Fuel",
        },
        {
            content: "It is offered",
            trigger: ".o-autocomplete--dropdown-item a:contains(Fuel)",
        },
        {
            content: "Enter takes it",
            trigger: `${parts}.o_selected_row div[name=account_id] input`,
            run: "press Enter",
        },
        { content: "Nothing is left", trigger: `${left}:contains(0.00):not(:contains(5))` },
        { content: "The entry is whole", trigger: ".modal .o_ai_entry tr:contains(Fuel)" },
        {
            content: "Book by its key",
            trigger: ".modal footer button[name=action_book]:enabled",
            run: "press alt+q",
        },
        { content: "It was told", trigger: ".o_notification:contains(Done)" },
        { content: "The line is matched", trigger: ".o_ai_matched" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_by_hand_new_bill", {
    steps: () => [
        {
            content: "New bill",
            trigger: ".o_statusbar_buttons button:contains(New bill)",
            run: "click",
        },
        { content: "A draft opens", trigger: ".o_arrow_button_current:contains(Draft)" },
        { content: "With the amount of the line", trigger: ".o_tax_total:contains(121.00), .oe_subtotal_footer:contains(121.00)" },
    ],
});
