"""What it costs a person to clear bank lines on the bank desk: keys, clicks, and waiting.

desk.py ADDRESS CHROMIUM [LOGIN [LINES]]

Works in a real browser on the running server at ADDRESS, with LOGIN (also its password), on the
lines that wait there, and books them: use a copy. As an accountant would it clears all sure
ones at once, then line by line: Enter, or 1 and Enter where nothing is sure but a candidate is
offered; where nothing is offered, j goes on. What is right is not judged here, see bench/bank.
"""

import sys
import time
from dataclasses import dataclass, field

from playwright.sync_api import sync_playwright

RPC = "/web/dataset/call_"
CARD = ".o_ai_desk_card_body[data-id='{}']"
READY = f"{CARD}:not(:has(button:disabled))"
OPTIONS = ["--no-sandbox", "--disable-gpu"]


@dataclass
class Effort:
    """What was pressed, and how long the server took for it, in milliseconds."""

    keys: int = 0
    clicks: int = 0
    cleared: int = 0
    left: int = 0
    waits: list = field(default_factory=list)
    by_method: dict = field(default_factory=dict)

    def answered(self, request):
        """Note how long the server took over one question of the page."""
        if RPC in request.url:
            timing = request.timing
            wait = timing["responseEnd"] - max(timing["requestStart"], 0)
            self.waits.append(wait)
            self.by_method.setdefault(request.url.rsplit("/", 1)[-1], []).append(wait)


class Desk:
    """The desk in a browser, as hands and eyes use it."""

    def __init__(self, page, effort):
        self.page, self.effort = page, effort

    def press(self, key):
        """Press a key."""
        self.effort.keys += 1
        self.page.keyboard.press(key)

    def click(self, selector):
        """Click on the first thing that fits."""
        self.effort.clicks += 1
        self.page.click(selector)

    def selected(self):
        """Return the id of the line the desk is at, once its card can be used; None without."""
        row = self.page.query_selector(".o_ai_desk_selected:not(.o_ai_desk_leaving)")
        if not row:
            return None
        number = row.get_attribute("data-id")
        self.page.wait_for_selector(READY.format(number), timeout=30_000)
        return number

    def lines(self):
        """Return how many lines the search finds."""
        total = self.page.query_selector(".o_pager_limit")
        return int(total.inner_text().replace(",", "").rstrip("+")) if total else 0


def clear(desk, wanted):
    """Clear ``wanted`` lines: the sure ones at once, the others one by one."""
    page, effort = desk.page, desk.effort
    before = desk.lines()
    if page.query_selector(".o_ai_desk_approve_all"):
        desk.click(".o_ai_desk_approve_all")
        desk.click(".modal footer .btn-primary")
        page.wait_for_selector(".o_notification:has-text('approved')", timeout=600_000)
        page.wait_for_selector(".o_ai_desk_undo:enabled", timeout=60_000)
    effort.cleared = before - desk.lines()
    while effort.cleared + effort.left < wanted and (number := desk.selected()):
        if one(desk, number):
            effort.cleared += 1
        else:
            effort.left += 1
            desk.press("j")
            page.wait_for_timeout(50)
            if desk.selected() == number:
                break


def one(desk, number):
    """Decide on one line; tell whether it left the list."""
    page = desk.page
    approve = f"{CARD.format(number)} .o_ai_desk_approve:enabled"
    if not page.query_selector(approve):
        if not page.query_selector(f"{CARD.format(number)} .o_ai_desk_candidate[data-rank='1']"):
            return False
        desk.press("1")
        page.wait_for_selector(approve, timeout=30_000)
    desk.press("Enter")
    page.wait_for_selector(f".o_ai_desk_line[data-id='{number}']", state="detached", timeout=30_000)
    return True


def main():
    """Log in, clear, and print what it took."""
    address, chromium, *rest = sys.argv[1:]
    login, wanted = [*rest, *("admin", "100")[len(rest) :]]
    effort = Effort()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{address}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.press("input[name=password]", "Enter")
        page.wait_for_selector(".o_main_navbar", timeout=90_000)
        page.on("requestfinished", effort.answered)
        page.goto(f"{address}/odoo/bank-lines")
        page.wait_for_selector(".o_ai_desk_card_body", timeout=90_000)
        started = time.monotonic()
        clear(Desk(page, effort), int(wanted))
        seconds = time.monotonic() - started
        browser.close()
    print(f"lines cleared {effort.cleared}, left for other ways {effort.left}")
    print(f"keys {effort.keys}, clicks {effort.clicks}, wall time {seconds:.1f} s")
    print(f"server: {len(effort.waits)} requests, {sum(effort.waits) / 1000:.1f} s")
    for method, waits in sorted(effort.by_method.items(), key=lambda row: -sum(row[1])):
        middle = sorted(waits)[len(waits) // 2]
        print(f"  {method:<32} {len(waits):>4} x  median {middle:>6.0f} ms  max {max(waits):>6.0f}")


if __name__ == "__main__":
    main()
