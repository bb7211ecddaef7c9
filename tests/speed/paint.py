"""When a served page paints, and takes questions: `python tests/speed/paint.py URL`.

Each load is of a new Chromium profile; run `onrecord serve` beside it on the archive in question.
"""

from __future__ import annotations

import json
import sys
import time

from playwright.sync_api import sync_playwright

LOADS = 5
CHROMIUM = "/usr/bin/chromium"


def main(url: str) -> None:
    """Print milliseconds a load: first paint, first content, and the page ready for a question."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for _ in range(LOADS):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            began = time.perf_counter()
            page.goto(url, wait_until="commit")
            page.locator("body[data-ready]").wait_for()
            ready = round(1000 * (time.perf_counter() - began))
            paints = page.evaluate("performance.getEntriesByType('paint').map(e => e.startTime)")
            print(json.dumps({"paints": [round(at) for at in paints], "ready": ready}))
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
