"""Draw what `scale.py` measured: `python tests/speed/plot.py scale.json docs/scale.svg`.

Four small panels over the number of passages, both axes logarithmic.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

WIDTH, HEIGHT, EDGE = 220, 150, 46
Row = Mapping[str, object]
Point = tuple[float, float]

PANELS: tuple[tuple[str, Callable[[Row], float]], ...] = (
    ("search, p95, CPU-ms", lambda row: row["search ms"]["CPU"][1]),  # type: ignore[index]
    ("reader in memory, MB", lambda row: row["reader MB"]),  # type: ignore[return-value]
    ("on disk, MB", lambda row: row["disk MB"]),  # type: ignore[return-value]
    ("indexes made, CPU-s", lambda row: row["index CPU-s"]),  # type: ignore[return-value]
)


def draw(rows: Sequence[Row]) -> str:
    """Return the panels as SVG."""
    panels = []
    for place, (title, value) in enumerate(PANELS):
        points = [(float(row["passages"]), value(row)) for row in rows]  # type: ignore[arg-type]
        left = EDGE + place * (WIDTH + EDGE)
        panels.append(f'<g transform="translate({left},30)">{_panel(title, points)}</g>')
    width = EDGE + len(PANELS) * (WIDTH + EDGE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT + 70}" '
        f'font-family="sans-serif" font-size="11" fill="#222"><rect width="100%" height="100%" '
        f'fill="#fff"/>{"".join(panels)}</svg>\n'
    )


def _panel(title: str, points: Sequence[Point]) -> str:
    across = _scale([x for x, _ in points], WIDTH)
    up = _scale([y for _, y in points], HEIGHT)
    marks = [(across(x), HEIGHT - up(y), x, y) for x, y in points]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y, _, _ in marks)
    parts = [
        f'<text y="-12" font-weight="bold">{escape(title)}</text>',
        f'<path d="M0,0V{HEIGHT}H{WIDTH}" fill="none" stroke="#999"/>',
        f'<polyline points="{line}" fill="none" stroke="#0b62a4" stroke-width="2"/>',
    ]
    for x, y, passages, value in marks:
        parts += [
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="#0b62a4"/>',
            f'<text x="{x:.0f}" y="{y - 8:.0f}" text-anchor="middle">{value:,.0f}</text>',
            f'<text x="{x:.0f}" y="{HEIGHT + 16}" text-anchor="middle">{_short(passages)}</text>',
        ]
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT + 32}" text-anchor="middle">passages</text>')
    return "".join(parts)


def _scale(values: Sequence[float], length: float) -> Callable[[float], float]:
    """Return what maps values to places on a logarithmic axis, a tenth of it free at each end.

    An axis spans a decade at least, so that what hardly changes looks so.
    """
    low, high = math.log10(min(values)), math.log10(max(values))
    span = max(high - low, 1)
    return lambda value: length * (0.1 + 0.8 * (math.log10(value) - low) / span)


def _short(passages: float) -> str:
    return f"{passages / 1e6:.2g}M" if passages >= 1e6 else f"{passages / 1e3:.0f}k"


if __name__ == "__main__":
    measured = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(draw(measured), encoding="utf-8")
