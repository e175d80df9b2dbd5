import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const page = ".o_ai_bill";
const field = (key) => `${page} .o_ai_bill_field[data-key=${key}]`;

/** Drop a file that the test has left on the server on the list, as from the desktop. */
async function dropFile() {
    const [id] = await rpc("/web/dataset/call_kw/ir.attachment/search", {
        model: "ir.attachment",
        method: "search",
        args: [[["name", "=", "to be dropped.pdf"]]],
        kwargs: {},
    });
    const answer = await fetch(`/web/content/${id}`);
    const transfer = new window.DataTransfer();
    const file = new File([await answer.blob()], "nordlicht.pdf", { type: "application/pdf" });
    transfer.items.add(file);
    const events = { bubbles: true, dataTransfer: transfer };
    document
        .querySelector(".o_list_renderer")
        .dispatchEvent(new window.DragEvent("dragenter", events));
    const until = Date.now() + 5000;
    while (!document.querySelector(".o_drop_area") && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    document.querySelector(".o_drop_area").dispatchEvent(new window.DragEvent("drop", events));
}

/** Click a word on the page where it stands; the pointer decides, not the element. */
function clickWord(text) {
    return {
        content: `Click ${text} on the page`,
        trigger: `${page} .o_ai_bill_filling .o_ai_word:contains(${text})`,
        run: () => {
            const word = [...document.querySelectorAll(".o_ai_word")].find(
                ({ textContent }) => textContent === text
            );
            word.scrollIntoView({ block: "center" });
            const edge = word.getBoundingClientRect();
            const at = {
                bubbles: true,
                clientX: edge.left + edge.width / 2,
                clientY: edge.top + edge.height / 2,
                pointerId: 1,
            };
            word.dispatchEvent(new window.PointerEvent("pointerdown", at));
            word.dispatchEvent(new window.PointerEvent("pointerup", at));
        },
    };
}

registry.category("web_tour.tours").add("ai_bill_drop", {
    steps: () => [
        {
            content: "Drop a PDF on the bills",
            trigger: ".o_list_view .o_list_renderer",
            run: dropFile,
        },
        {
            content: "It is a draft, its page beside it, being read",
            trigger: `.o_form_view ${page} .o_ai_bill_waiting`,
        },
        { content: "The page is shown meanwhile", trigger: `${page} .o_ai_sheet_picture` },
    ],
});

registry.category("web_tour.tours").add("ai_bill_correct_and_post", {
    steps: () => [
        {
            content: "What was read is listed with the page",
            trigger: `${field("reference")}:contains(RE-2024-0815)`,
        },
        {
            content: "Focus on the number in the form",
            trigger: ".o_field_widget[name=ref] input",
            run: "click",
        },
        {
            content: "Its place on the page is lit",
            trigger: `${page} .o_ai_box_lit[data-key=reference]`,
        },
        {
            content: "Another field, by its chip",
            trigger: field("due_date"),
            run: "click",
        },
        {
            content: "Now that is lit",
            trigger: `${page} .o_ai_box_lit[data-key=due_date]`,
        },
        {
            content: "Back to the number",
            trigger: ".o_field_widget[name=ref] input",
            run: "click",
        },
        {
            content: "It is the chosen one",
            trigger: `${field("reference")}.o_ai_field_chosen`,
        },
        clickWord("77001"),
        {
            content: "The number is what was clicked",
            trigger: `${field("reference")}.o_ai_field_sure:contains(77001)`,
        },
        {
            content: "In the form as well",
            trigger: ".o_field_widget[name=ref] input:value(77001)",
        },
        { content: "Approve with the keyboard", trigger: "body", run: "press Alt+Enter" },
        {
            content: "It is posted",
            trigger: ".o_arrow_button_current:contains(Posted)",
        },
        {
            content: "The page stays, to look at",
            trigger: `${page} .o_ai_sheet_picture`,
        },
    ],
});

registry.category("web_tour.tours").add("ai_bill_doubtful", {
    steps: () => [
        {
            content: "The number is to be checked",
            trigger: `${page} .o_ai_bill_count:contains(to check)`,
        },
        {
            content: "It is underlined in the form, with how sure it is",
            trigger: ".o_field_widget[name=ref].o_ai_doubtful[data-tooltip*='62 %']",
        },
        { content: "Go there by keyboard", trigger: "body", run: "press Alt+M" },
        {
            content: "Its candidates are offered",
            trigger: `${page} .o_ai_bill_choice:contains(77001)`,
        },
        { content: "The keys are listed", trigger: `${page} button[title=Keys]`, run: "click" },
        { content: "There they are", trigger: `${page} .o_ai_bill_help:contains(candidate)` },
        { content: "Take the second", trigger: "body", run: "press Alt+2" },
        {
            content: "It is in the form, nothing is to be checked",
            trigger: `${page} .o_ai_bill_count:contains(Everything is read)`,
        },
        {
            content: "No underline any more",
            trigger: ".o_field_widget[name=ref]:not(.o_ai_doubtful) input:value(77001)",
        },
    ],
});

registry.category("web_tour.tours").add("ai_bill_duplicate", {
    steps: () => [
        {
            content: "The twin is named on top, and blocks",
            trigger: ".o_ai_bill_flag.alert-danger[data-code=duplicate]",
        },
        { content: "Posting is refused", trigger: "button[name=action_post]", run: "click" },
        {
            content: "With the way out",
            trigger: ".modal:contains(set the flag aside)",
        },
        { content: "Close", trigger: ".modal button:contains(Close)", run: "click" },
        {
            content: "Set it aside",
            trigger:
                "body:not(:has(.modal)) .o_ai_bill_flag[data-code=duplicate] .o_ai_bill_override",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal [name=reason] :is(input, textarea)",
            run: "edit Two deliveries on one day",
        },
        { content: "Do it", trigger: ".modal .btn-primary", run: "click" },
        {
            content: "It is told who and why",
            trigger: "body:not(:has(.modal)) .o_ai_bill_aside:contains(Two deliveries on one day)",
        },
        { content: "Now it can be posted", trigger: "button[name=action_post]", run: "click" },
        { content: "It is posted", trigger: ".o_arrow_button_current:contains(Posted)" },
    ],
});

registry.category("web_tour.tours").add("ai_bill_new_account", {
    steps: () => [
        {
            content: "The changed account is a hard stop",
            trigger: ".o_ai_bill_flag[data-code=new_bank_account]",
        },
        {
            content: "Its place on the page is lit by its chip",
            trigger: field("vendor_iban"),
            run: "click",
        },
        { content: "There", trigger: `${page} .o_ai_box_lit[data-key=vendor_iban]` },
        {
            content: "The way out opens the account",
            trigger: ".o_ai_bill_flag[data-code=new_bank_account] .o_ai_bill_resolve",
            run: "click",
        },
        {
            content: "It is entered and not trusted",
            trigger: ".modal .o_field_widget[name=allow_out_payment] input:not(:checked)",
        },
        {
            content: "Why, and who has to",
            trigger: ".modal .alert:contains(second person)",
        },
        { content: "Close", trigger: ".modal .btn-close", run: "click" },
        {
            content: "The chip says what it waits for",
            trigger:
                "body:not(:has(.modal)) .o_ai_bill_flag[data-code=new_bank_account]:contains(second person)",
        },
    ],
});

registry.category("web_tour.tours").add("ai_bill_coding", {
    steps: () => [
        {
            content: "The ways to book the line",
            trigger: ".o_field_widget[name=invoice_line_ids] .o_data_row .o_ai_coding",
            run: "click",
        },
        {
            content: "The lines that were booked so before are linked",
            trigger: ".o_ai_coding_choice:first .o_ai_coding_similar a:contains(BILL/)",
        },
        {
            content: "Choose the second",
            trigger: ".o_ai_coding_choice:eq(1) .o_ai_coding_take",
            run: "click",
        },
        {
            content: "It is on the line",
            trigger:
                "body:not(:has(.o_ai_coding_choice)) .o_data_row .o_ai_coding:contains(Other Costs)",
        },
    ],
});
