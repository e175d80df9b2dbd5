"""The pictures in docs/screenshots: one row a picture. Extend the table, then: make screenshots

A row names the file, who looks, the page, and what to do there before the picture is taken:

* ``click("css or text=...")``, ``fill("css", "text")``, ``press("Enter")``, ``see("css")`` waits.
* a path is what follows the server's address, such as ``/odoo/action-<addon>.<action id>``.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """One picture: ``docs/screenshots/<name>.png``."""

    name: str
    login: str
    path: str
    steps: tuple = ()
    width: int = 1440
    height: int = 900


def click(selector):
    return lambda page: page.click(selector)


def click_if_there(selector):
    return lambda page: page.query_selector(selector) and page.click(selector)


def fill(selector, value):
    return lambda page: page.fill(selector, value)


def press(key):
    return lambda page: page.keyboard.press(key)


def see(selector):
    return lambda page: page.wait_for_selector(selector)


def scroll(selector):
    to_top = "element => element.scrollIntoView({block: 'start'})"
    return lambda page: page.locator(selector).first.evaluate(to_top)


def leave():
    return lambda page: page.mouse.move(0, 0)


#: Select all lines of the list and ask for suggestions; the server works on them at once.
SUGGEST = (
    click("thead .o_list_record_selector input"),
    click("button:has-text('Suggest matches')"),
    see(".o_data_row .badge"),
)

# Taken in this order: the first picture makes the suggestions that the later ones show.
SCREENS = [
    Screen("bank-lines", "admin", "/odoo/bank-lines?view_type=list", SUGGEST, height=1000),
    Screen(
        "bank-desk",
        "admin",
        "/odoo/bank-lines",
        (
            see(".o_ai_desk_card_body"),
            click(".o_ai_desk_line:has(.fa-adjust)"),
            see(".o_ai_desk_why"),
            leave(),
        ),
    ),
    Screen(
        "bank-desk-keys",
        "admin",
        "/odoo/bank-lines",
        (see(".o_ai_desk_card_body"), press("?"), see(".o_ai_desk_keys")),
        height=700,
    ),
    Screen(
        "bank-line",
        "admin",
        "/odoo/bank-lines?view_type=list",
        (click(".o_data_row:has(.badge) td[name=payment_ref]"), see(".o_ai_panel")),
    ),
    Screen("to-review", "admin", "/odoo/ai-to-review"),
    Screen(
        "settings",
        "admin",
        "/odoo/settings",
        (click(".settings_tab .tab[data-key=ai_audit_log]"), see("#ai_finance_policies table")),
        height=600,
    ),
    Screen(
        "model-settings",
        "admin",
        "/odoo/settings",
        (
            click(".settings_tab .tab[data-key=ai_audit_log]"),
            see("#ai_finance_policies table"),
            scroll("h2:has-text('Language model')"),
        ),
        height=1000,
    ),
    Screen(
        "model-connection",
        "admin",
        "/odoo/ai-model-connections",
        (
            click(".o_data_row td[name=name]"),
            click("button[name=action_test]"),
            see(".badge:has-text('Test passed')"),
            click(".o_notification_close"),
        ),
    ),
    Screen("prompt", "admin", "/odoo/ai-prompts", (click(".o_data_row td[name=name]"),)),
    Screen(
        "prompt-test",
        "admin",
        "/odoo/ai-prompts",
        (
            click(".o_data_row:has-text('Say why') td[name=name]"),
            click("button[name=action_test]"),
            click(".modal button[name=action_ask]"),
            see(".modal div[name=result]"),
        ),
    ),
    Screen(
        "model-calls",
        "admin",
        "/odoo/ai-model-calls",
        (see(".o_pivot table"), click(".o_switch_view.o_list"), see(".o_data_row"), leave()),
        height=600,
    ),
    Screen(
        "import",
        "admin",
        "/odoo/bank-lines?view_type=list",
        (click("button:has-text('Import statement')"), see(".modal .o_form_view")),
        height=600,
    ),
    Screen(
        "statement-proof",
        "admin",
        "/odoo/bank-proof",
        (see(".o_form_view div[name=sum_ids] .o_data_row"), leave()),
        height=1000,
    ),
    Screen(
        "policy",
        "ai_manager",
        "/odoo/action-ai_audit_log.action_ai_finance_policy",
        (click(".o_data_row button:has-text('View')"), see(".o_form_view")),
    ),
    Screen(
        "verify",
        "ai_auditor",
        "/odoo/ai-suggestions",
        (
            click(".o_menu_sections button:has-text('Log')"),
            click(".o-dropdown-item:has-text('Verify')"),
            see(".modal .o_form_view"),
            click(".modal button:has-text('Verify')"),
            see(".modal .alert:visible"),
        ),
        height=600,
    ),
    Screen(
        "invoice-sending",
        "admin",
        "/odoo/customer-invoices",
        (
            # Another invoice of the customer is a draft; this one may be suggested already.
            click(".o_data_row:has-text('INV/2026/00014') td[name=name]"),
            see(":is([name=action_ai_suggest_sending], [name=action_ai_send_approve]):visible"),
            click_if_there("button[name=action_ai_suggest_sending]:visible"),
            see("button[name=action_ai_send_approve]:visible"),
            leave(),
        ),
        height=700,
    ),
    Screen(
        "payment-link",
        "admin",
        "/odoo/customer-invoices",
        (
            click(".o_data_row:has-text('INV/2026/00014') .o_list_record_selector input"),
            click(
                ".o_data_row:has-text('INV/2026/00001'):has-text('Azure Interior') "
                ".o_list_record_selector input"
            ),
            click(".o_control_panel .o_cp_action_menus button:has-text('Actions')"),
            click(".o-dropdown-item:has-text('Payment link for all')"),
            see(".modal .o_form_view"),
        ),
        height=700,
    ),
    Screen(
        "project-invoice",
        "admin",
        "/odoo/action-project.open_view_project_all_config",
        (
            click(".o_data_row:has-text('S00028') td[name=name]"),
            see("button[name=action_ai_suggest_invoice]:visible"),
            click("button[name=action_ai_suggest_invoice]:visible"),
            see(".o_ai_panel"),
            leave(),
        ),
        height=900,
    ),
    Screen("suggestion-log", "ai_auditor", "/odoo/ai-suggestions"),
    Screen("policies", "ai_manager", "/odoo/action-ai_audit_log.action_ai_finance_policy"),
    Screen("bank-memory", "admin", "/odoo/bank-memory", height=600),
    Screen("bank-rules", "admin", "/odoo/bank-rules", height=600),
    Screen("reliability", "ai_manager", "/odoo/bank-reliability", (leave(),)),
    Screen(
        "invoice-draft",
        "admin",
        "/odoo/ai-drafted-invoices",
        (
            click(".o_data_row:has-text('841') td[name=partner_id]"),
            see(".o_ai_comparison"),
        ),
        height=1000,
    ),
    Screen(
        "invoice-delivery",
        "admin",
        "/odoo/deliveries",
        (
            click(".o_facet_remove"),
            click(".o_data_row:has-text('S00033') td[name=name]"),
            see(".o_ai_panel"),
        ),
        height=800,
    ),
    Screen("invoice-list", "admin", "/odoo/ai-drafted-invoices", (see(".o_data_row"),), height=500),
    Screen(
        "invoice-settings",
        "admin",
        "/odoo/settings",
        (
            click(".settings_tab .tab[data-key=ai_audit_log]"),
            see("#ai_invoice_grouping"),
            scroll("h2:has-text('Customer invoices')"),
        ),
        height=500,
    ),
    Screen(
        "invoice-checks",
        "admin",
        "/odoo/action-account.action_move_out_invoice_type",
        (
            click(".o_data_row:has-text('Draft') td[name=invoice_partner_display_name]"),
            see(".o_ai_checks"),
        ),
    ),
    Screen(
        "bill-list",
        "admin",
        "/odoo/vendor-bills",
        (see(".o_data_row"), leave()),
        height=600,
    ),
    Screen(
        "bill-page",
        "admin",
        "/odoo/vendor-bills",
        (
            click(".o_data_row:has-text('NT-2077') td[name=name]"),
            see(".o_ai_sheet_picture"),
            click(".o_field_widget[name=ref] input"),
            see(".o_ai_box_lit"),
            leave(),
        ),
        width=1600,
        height=1000,
    ),
    Screen(
        "remittance",
        "admin",
        "/odoo/remittance-advices",
        (click(".o_data_row td[name=name]"), see(".o_field_widget[name=row_ids] .o_data_row")),
        height=800,
    ),
    Screen(
        "cash-dashboard",
        "admin",
        "/odoo/cash-forecast",
        (see(".o_ai_cash_chart canvas"), leave()),
        height=1400,
    ),
    Screen(
        "cash-scenario",
        "admin",
        "/odoo/cash-forecast",
        (
            click(".o_ai_cash_scenarios"),
            click(".o_ai_cash_scenario:has-text('later')"),
            see(".o_ai_cash_compare"),
            scroll(".o_ai_cash_chart"),
            leave(),
        ),
        height=1100,
    ),
    Screen(
        "cash-variance",
        "admin",
        "/odoo/cash-variance",
        (see(".o_pivot table"), leave()),
        height=700,
    ),
]
