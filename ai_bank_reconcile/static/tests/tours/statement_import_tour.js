/* global DataTransfer */
import { registry } from "@web/core/registry";

/** Put a bank's file into the upload field, as choosing it does. */
function upload(name, rows) {
    return () => {
        const input = document.querySelector(".modal .o_field_binary input[type=file]");
        const file = new File([rows.join("\n")], name, { type: "text/csv" });
        const transfer = new DataTransfer();
        transfer.items.add(file);
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    };
}

const FILE = ".modal .o_field_binary .o_select_file_button";
const OPEN = [
    {
        content: "Open the import",
        trigger: ".o_control_panel button:contains(Import statement)",
        run: "click",
        timeout: 60000,
    },
    { content: "The screen is there", trigger: ".modal .o_form_view" },
];
const IMPORT = {
    content: "Import",
    trigger: ".modal footer button:contains(Import)",
    run: "click",
};

function choose(column, label) {
    return [
        {
            content: `Open the choice of ${column}`,
            trigger: `.modal div[name=${column}] input`,
            run: "click",
        },
        {
            content: `Choose ${label}`,
            trigger: `.o_select_menu_item:contains(${label})`,
            run: "click",
        },
        {
            content: `${label} is chosen`, // a list that closes late would take it back
            trigger: `body:not(:has(.o_select_menu_item)) .modal div[name=${column}] input:value(${label})`,
        },
    ];
}

registry.category("web_tour.tours").add("ai_bank_statement_mapping", {
    steps: () => [
        ...OPEN,
        {
            content: "Choose the file",
            trigger: FILE,
            run: upload("first.csv", [
                "Wann,Wieviel,Wofür",
                "2026-03-02,10.00,First payment",
                "2026-03-03,20.00,Second payment",
            ]),
        },
        {
            content: "It asks for the columns",
            trigger: ".modal .alert-danger:contains(Choose the column of the date)",
        },
        ...choose("column_date", "Wann"),
        ...choose("column_amount", "Wieviel"),
        ...choose("column_label", "Wofür"),
        {
            content: "Show the lines",
            trigger: ".modal a.nav-link:contains(Lines)",
            run: "click",
            timeout: 60000, // the file is read anew for each column
        },
        {
            content: "They are read",
            trigger: ".modal .o_ai_statement_preview tr:contains(Second payment):contains(20.00)",
        },
        IMPORT,
        { content: "The new lines are shown", trigger: ".o_ai_desk_line:contains(Second payment)" },
        { content: "The dialog is closed", trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_statement_remembered", {
    steps: () => [
        ...OPEN,
        {
            content: "Choose the next file",
            trigger: FILE,
            run: upload("second.csv", [
                "Wann,Wieviel,Wofür",
                "2026-03-03,20.00,Second payment",
                "2026-03-04,30.00,Third payment",
            ]),
        },
        {
            content: "The columns are known",
            trigger: ".modal:contains(Read as the file first.csv)",
        },
        {
            content: "What is there already is told",
            trigger: ".modal .o_ai_known_note:contains(1 of 2 lines are there already)",
        },
        IMPORT,
        { content: "Only the new line came", trigger: ".o_ai_desk_line:contains(Third payment)" },
        { content: "And no other", trigger: "body:not(:has(.o_ai_desk_line:contains(Second payment)))" },
    ],
});

registry.category("web_tour.tours").add("ai_bank_statement_progress", {
    steps: () => [
        ...OPEN,
        {
            content: "Choose a long file",
            trigger: FILE,
            run: upload("long.csv", [
                "Date,Description,Amount",
                ...Array.from(
                    { length: 600 },
                    (_value, at) => `2026-03-05,Long payment ${at + 1},${at + 1}.00`
                ),
            ]),
        },
        {
            content: "It is read",
            trigger: ".modal .o_ai_statement_preview tr:contains(Long payment 1)",
        },
        IMPORT,
        { content: "Progress is shown", trigger: ".o_ai_progress:contains(of 600 lines)" },
        ...["[1-6]", "[2-6]", "[3-6]", "[4-6]"].map((hundreds) => ({
            content: `And goes on: ${hundreds}`,
            trigger: `.o_ai_progress p:contains(/^${hundreds}00 of 600/)`,
            timeout: 60000,
        })),
        { content: "All lines are there", trigger: ".o_pager_limit:contains(600)", timeout: 60000 },
    ],
});
