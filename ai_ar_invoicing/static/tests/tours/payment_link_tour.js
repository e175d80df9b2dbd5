import { registry } from "@web/core/registry";

const pay = (form) => [
    {
        content: "choose the demo provider",
        trigger: `${form} input[name=o_payment_radio][data-provider-code=demo]`,
        run: "click",
    },
    {
        content: "card number",
        trigger: `${form} #customer_input`,
        run: "edit 4111 1111 1111 1111",
    },
    {
        content: "pay",
        trigger: `${form} button[name=o_payment_submit_button]:enabled`,
        run: "click",
        expectUnloadPage: true,
    },
];

registry.category("web_tour.tours").add("ai_payment_link_pay", {
    steps: () => [
        { content: "the link opens the payment by itself", trigger: "#pay_with.show" },
        ...pay("#pay_with"),
        { content: "paid", trigger: "[name=invoice_paid_badge]:contains(Paid)" },
    ],
});

registry.category("web_tour.tours").add("ai_payment_link_pay_all", {
    steps: () => [
        { content: "the total", trigger: "[name=ai_total]:contains(350.00)" },
        ...pay("#o_payment_form"),
        { content: "nothing left", trigger: ".alert:contains(nothing to pay)" },
    ],
});
