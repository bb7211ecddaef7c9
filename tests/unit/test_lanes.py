"""Where somebody stands by the cue alone, and where that changes."""

from __future__ import annotations

from datetime import date

import pytest

from index.records import Article, Attribution, Polarity, Span, Stance
from ui.markup.charts import count_months, render_months
from ui.markup.lanes import Lane, find_position, find_shifts, render_lanes
from ui.markup.statements import Row


def row(day: date | None, stance: Stance, polarity: Polarity = "asserted") -> Row:
    article = Article(id=f"{day}-{stance}", text="“No,” Ada Weir said.", published=day)
    attribution = Attribution(
        id=f"{article.id}#a0", article_id=article.id, source=(Span(6, 14),), cue=(Span(15, 19),),
        content=(Span(0, 5),), kind="direct", stance=stance, polarity=polarity,
    )  # fmt: skip
    return Row(article, attribution)


@pytest.mark.parametrize(
    ("stance", "polarity", "position"),
    [
        ("says", "asserted", "says"),
        ("promises", "asserted", "says"),
        ("denies", "asserted", "denies"),
        ("says", "negated", "denies"),
        ("denies", "negated", "says"),
        ("declines", "asserted", "declines to comment"),
    ],
)
def test_the_cue_tells_a_position(stance: Stance, polarity: Polarity, position: str) -> None:
    assert find_position(row(None, stance, polarity).attribution) == position


def test_a_shift_is_from_one_day_to_a_later_one_and_supposes_nothing() -> None:
    said, denied = row(date(2031, 3, 4), "says"), row(date(2031, 5, 1), "denies")
    same_day, undated = row(date(2031, 3, 4), "denies"), row(None, "denies")
    supposed = row(date(2031, 4, 1), "denies", "hypothetical")
    assert find_shifts([said, supposed, denied, undated]) == [(said, denied)]
    assert find_shifts([said, same_day]) == []


def test_lanes_tell_a_shift_and_escape_names() -> None:
    rows = [row(date(2031, 3, 4), "says"), row(date(2031, 5, 1), "denies")]
    html = str(render_lanes([Lane("<b>Ada</b>", rows)], "<i>", 0))
    assert "Says on 4 March 2031; denies on 1 May 2031. Read both" in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_months_count_everything_once_and_name_what_has_no_date() -> None:
    days = [date(2031, 3, 4), date(2031, 3, 9), date(2031, 5, 1), None]
    counts = count_months((day, "Courier" if day else "") for day in days)
    assert counts == [("", "", 1), ("2031-03", "Courier", 2), ("2031-05", "Courier", 1)]
    html = str(render_months(counts, "statement", "By month"))
    assert html.count('class="bar"') == 3
    assert "April 2031: 0 statements" in html
    assert "1 statement without a date" in html
    assert "<td>2</td>" in html


def test_a_century_is_plotted_by_years_and_many_outlets_as_six() -> None:
    counts = [(f"{1900 + n}-01", f"Outlet {n % 9}", 1) for n in range(100)]
    html = str(render_months(counts, "article", "By month"))
    assert html.count('class="bar"') == 100
    assert html.count("<li ") == 6
    assert "All others" in html
