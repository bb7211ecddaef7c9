"""Counts by month as a plot of bars, and as a table for who can't see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from ..wording import write_count, write_month

_MOST_SERIES = 6
"""The page has so many hues; what is left is drawn as one."""

_MOST_BARS = 120
_OTHERS = "All others"
_UNNAMED = "Outlet not given"


def render_months(counts: Iterable[tuple[str, str, int]], thing: str, title: str) -> Markup:
    """Render how many of a thing there are by month, split by outlet.

    Args:
        counts: Month ("2031-03", empty if undated), outlet and number.
        thing: What is counted, in the singular.
    """
    listed = [(month, outlet or _UNNAMED, count) for month, outlet, count in counts]
    dated = [one for one in listed if one[0]]
    undated = sum(count for month, _, count in listed if not month)
    note = f"{write_count(undated, thing)} without a date" if undated else ""
    if not dated:
        return Markup('<p class="note">{}</p>').format(note) if note else Markup("")
    periods = _periods(sorted({month for month, _, _ in dated}))
    series = _series(dated)
    cells = Counter[tuple[str, str]]()
    for month, outlet, count in dated:
        period = month if month in periods else month[:4]
        cells[period, outlet if outlet in series else _OTHERS] += count
    most = max(sum(cells[period, name] for name in series) for period in periods)
    return Markup(
        '<figure class="months"><figcaption>{title}</figcaption>{legend}'
        '<div class="plot" role="img" aria-label="{summary}"><span class="most">{most}</span>'
        '<div class="bars">{bars}</div></div>{note}<details><summary>As a table</summary>'
        '<div class="scroll" role="region" aria-label="{title}" tabindex="0">{table}</div>'
        "</details></figure>"
    ).format(
        title=title,
        legend=_legend(series, cells),
        summary=f"{title}: {_name(periods[0])} to {_name(periods[-1])}, at most {most}. "
        "The table below has every figure.",
        most=f"{most:,}",
        bars=Markup("").join(_bar(period, series, cells, most, thing) for period in periods),
        note=Markup('<p class="note">{}</p>').format(note) if note else "",
        table=_table(periods, series, cells),
    )


def _periods(months: Sequence[str]) -> list[str]:
    """Return every month from the first to the last; every year where they would be too many."""
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (months[0], months[-1]))
    if last - first >= _MOST_BARS:
        return [f"{year:04}" for year in range(first // 12, last // 12 + 1)]
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1)]


def _series(dated: Iterable[tuple[str, str, int]]) -> list[str]:
    totals = Counter[str]()
    for _, outlet, count in dated:
        totals[outlet] += count
    names = [name for name, _ in totals.most_common()]
    return names if len(names) <= _MOST_SERIES else [*names[: _MOST_SERIES - 1], _OTHERS]


def _name(period: str) -> str:
    return period if len(period) == 4 else write_month(period)


def _legend(series: Sequence[str], cells: Counter[tuple[str, str]]) -> Markup:
    totals = Counter[str]()
    for (_, name), count in cells.items():
        totals[name] += count
    return Markup('<ul class="legend">{}</ul>').format(
        Markup("").join(
            Markup('<li data-hue="{}"><span dir="auto">{}</span> {}</li>').format(
                hue, name, f"{totals[name]:,}"
            )
            for hue, name in enumerate(series)
        )
    )


def _bar(
    period: str, series: Sequence[str], cells: Counter[tuple[str, str]], most: int, thing: str
) -> Markup:
    found = [(hue, name, cells[period, name]) for hue, name in enumerate(series)]
    total = sum(count for _, _, count in found)
    names = "; ".join(f"{name} {count:,}" for _, name, count in found if count)
    parts = Markup("").join(
        Markup('<i data-hue="{}" style="height:{:.3f}%"></i>').format(hue, 100 * count / most)
        for hue, _, count in found
        if count
    )
    year = period[:4] if len(period) == 4 or period.endswith("-01") else ""
    title = f"{_name(period)}: {write_count(total, thing)}" + (f" ({names})" if names else "")
    return Markup('<span class="bar" title="{}"{}>{}</span>').format(
        title, Markup(' data-year="{}"').format(year) if year else "", parts
    )


def _table(
    periods: Sequence[str], series: Sequence[str], cells: Counter[tuple[str, str]]
) -> Markup:
    """Render the periods that have any, each year's under a heading where they are months."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in series)
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            _name(period),
            Markup("").join(
                Markup("<td>{}</td>").format(f"{cells[period, name]:,}") for name in series
            ),
        )
        for period in periods
        if any(cells[period, name] for name in series)
    )
    return Markup(
        '<table><thead><tr><th scope="col">When</th>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(head, rows)


def count_months(found: Iterable[tuple[date | None, str]]) -> list[tuple[str, str, int]]:
    """Count days and outlets as `render_months` takes them."""
    ordered = sorted((f"{day:%Y-%m}" if day else "", outlet) for day, outlet in found)
    return [(*both, len(list(group))) for both, group in groupby(ordered)]
