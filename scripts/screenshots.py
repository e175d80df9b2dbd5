"""Take the pictures that screens.py lists, with Chromium.

screenshots.py ADDRESS CHROMIUM FOLDER [NAME...]
"""

import sys
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Error, sync_playwright
from screens import SCREENS

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTLE_MS = 800  # images and charts; the page never goes quiet, it polls
LOADED = ".o_action_manager .o_view_controller, .o_action_manager .o_action"


def main():
    address, chromium, folder, *names = sys.argv[1:]
    wanted = [screen for screen in SCREENS if not names or screen.name in names]
    unknown = set(names) - {screen.name for screen in wanted}
    if unknown:
        sys.exit(f"no such screen: {', '.join(sorted(unknown))} (see scripts/screens.py)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        failed = []
        for login, screens in groupby(sorted(wanted, key=lambda s: s.login), key=lambda s: s.login):
            context = _log_in(browser, address, login)
            failed += [s.name for s in screens if not _take(context, address, Path(folder), s)]
            context.close()
        browser.close()
    if failed:
        sys.exit(f"not taken: {', '.join(failed)}")


def _log_in(browser, address, login):
    """A browser session of one user; demo users have their login as password."""
    context = browser.new_context(locale="en-US", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".o_web_client .o_main_navbar", timeout=90_000)
    page.close()
    return context


def _take(context, address, folder, screen):
    page = context.new_page()
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    target = folder / f"{screen.name}.png"
    try:
        page.goto(f"{address}{screen.path}")
        page.wait_for_selector(LOADED, timeout=60_000)
        for step in screen.steps:
            step(page)
        page.wait_for_selector(".o_loading_indicator", state="detached", timeout=30_000)
        page.wait_for_timeout(SETTLE_MS)
        if page.query_selector(".o_error_dialog"):
            raise Error("the page shows an error dialog")
        page.screenshot(path=target, animations="disabled")
    except Error as error:
        page.screenshot(path=folder / f"{screen.name}.failed.png")
        print(f"{screen.name}: {error}", file=sys.stderr)
        return False
    finally:
        page.close()
    print(target)
    return True


if __name__ == "__main__":
    main()
