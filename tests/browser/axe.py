"""What axe-core finds against a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    }
}


def find_violations(page: Page) -> list[str]:
    """Return what speaks against WCAG 2.1 AA and axe-core's own best practices."""
    page.wait_for_timeout(400)  # what fades in has the wrong contrast until it is there
    found: Any = Axe().run(page, options=RULES).response
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
