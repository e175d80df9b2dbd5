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


def fill(selector, value):
    return lambda page: page.fill(selector, value)


def press(key):
    return lambda page: page.keyboard.press(key)


def see(selector):
    return lambda page: page.wait_for_selector(selector)


SCREENS = [
    Screen("to-review", "ai_approver", "/odoo/action-ai_audit_log.action_ai_to_review"),
    Screen("suggestion-log", "ai_auditor", "/odoo/action-ai_audit_log.action_ai_audit_log"),
    Screen("policies", "ai_manager", "/odoo/action-ai_audit_log.action_ai_finance_policy"),
    Screen("bank-lines", "admin", "/odoo/action-ai_bank_reconcile.action_bank_lines"),
]
