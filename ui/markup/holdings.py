"""What an archive holds, how its change goes on, and what came of it, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from index.store import Entry, Totals
from rag import BuildReport, CheckReport

from ..wording import write_count, write_day
from ..works import Work
from .charts import render_months
from .statements import render_time

READ_ONLY = Markup(
    '<p class="hint">This page may read the archive, not change it. Whoever runs it can allow that '
    "with <code>onrecord serve --manage</code>.</p>"
)
EMPTY = Markup(
    '<section class="empty"><h2>This archive is empty</h2><p>Add documents below, or from a '
    "shell:</p><pre><code>onrecord build FOLDER --archive archive</code></pre></section>"
)
_MOST_REJECTED = 500


def render_holdings(
    totals: Totals,
    months: Sequence[tuple[str, str, int]],
    manifest: Mapping[str, str],
    built: datetime | None,
    size: int,
) -> Markup:
    """Render what the archive holds; `size` is in bytes."""
    figures = (
        (f"{totals.articles:,}", "articles"),
        (f"{totals.passages:,}", "passages"),
        (f"{totals.attributions:,}", "statements"),
        (f"{totals.speakers:,}", "speakers"),
        (write_size(size), "on disk"),
    )
    facts = (
        ("Published", _span(totals)),
        ("Model", manifest.get("embedder") or "The one that comes with OnRecord"),
        ("Passages", f"At most {manifest.get('passage_tokens', '?')} tokens"),
        ("Statements found by", manifest.get("finder", "?")),
        ("Last build", f"{built.astimezone():%-d %B %Y, %H:%M}" if built else "Not known"),
    )
    return Markup(
        '<section class="holdings-view">{}<ul class="figures">{}</ul>{}<dl>{}</dl></section>'
    ).format(
        Markup("") if totals.articles else EMPTY,
        Markup("").join(Markup("<li><b>{}</b> {}</li>").format(*one) for one in figures),
        render_months(months, "article", "Articles by month"),
        Markup("").join(
            Markup('<div><dt>{}</dt><dd dir="auto">{}</dd></div>').format(*one) for one in facts
        ),
    )


def _span(totals: Totals) -> str:
    if totals.first is None or totals.last is None:
        return "No dates"
    return f"{write_day(totals.first)} to {write_day(totals.last)}"


def write_size(size: float) -> str:
    """Return bytes as in "3.4 MB"."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:,.0f} {unit}" if unit in {"bytes", "KB"} else f"{size:,.1f} {unit}"
        size /= 1000
    return ""


def render_work(work: Work | None) -> Markup:
    """Render how a change goes on, or what came of it."""
    if work is None:
        return Markup("")
    if work.running:
        return _progress(work)
    if work.failure:
        return Markup(
            '<section class="work"><h2>{}</h2><p class="failure" role="alert">{}</p></section>'
        ).format(work.title, work.failure)
    body = (
        render_check(work.result)
        if isinstance(work.result, CheckReport)
        else _report(work.result)
        if work.result
        else Markup("")
    )
    return Markup('<section class="work"><h2>{}</h2>{}</section>').format(work.title, body)


def _progress(work: Work) -> Markup:
    if work.total is None:
        state = (
            f"{write_count(work.counted, 'article')} found so far" if work.counted else "Under way"
        )
        bar = Markup("<progress aria-label='{}'></progress>").format(work.title)
    else:
        state = f"{work.read:,} of {write_count(work.total, 'article')} · {work.rate:.1f} a second"
        if work.left is not None:
            state += f" · {_duration(work.left)} left"
        bar = Markup("<progress aria-label='{}' max='{}' value='{}'></progress>").format(
            work.title, max(work.total, 1), work.read
        )
    stopping = "Stopping at the next article. " if work.stopping.is_set() else ""
    return Markup(
        '<section class="work"><h2>{}</h2>{}<p class="state">{}{}</p>'
        '<p class="note" dir="auto">{}</p></section>'
    ).format(work.title, bar, stopping, state, work.origin.rsplit("/", 1)[-1] or "…")


def _duration(seconds: float) -> str:
    if seconds < 90:
        return write_count(max(1, round(seconds)), "second")
    if seconds < 5400:
        return write_count(round(seconds / 60), "minute")
    return write_count(round(seconds / 3600), "hour")


def _report(report: BuildReport) -> Markup:
    counts = [
        write_count(number, "article") + f" {what}"
        for number, what in (
            (report.added, "added"),
            (report.changed, "changed"),
            (report.removed, "removed"),
            (report.unchanged, "unchanged"),
        )
        if number
    ]
    words = ", ".join(counts) or "Nothing was to be done"
    if report.passages:
        words += (
            f"; {write_count(report.passages, 'passage')} and "
            f"{write_count(report.attributions, 'statement')} in {report.seconds:.0f} s"
        )
    notes = []
    if report.copies:
        notes.append(f"{write_count(report.copies, 'article')} among them copy another one’s text.")
    notes += [
        f"{given} is another article’s id; this one is kept as {used}."
        for given, used in report.renamed
    ]
    notes += [f"A correction by hand found nobody: {one}." for one in report.unused]
    return Markup('<p class="done" role="status">{}.</p>{}{}').format(
        words, _list(notes), _rejected(report)
    )


def _rejected(report: BuildReport) -> Markup:
    if not report.rejected:
        return Markup("")
    rows = Markup("").join(
        Markup(
            '<tr><th scope="row" dir="auto" title="{}">{}</th><td dir="auto">{}</td></tr>'
        ).format(
            error.path,
            error.path.name + (f", line {error.line}" if error.line is not None else ""),
            error.reason,
        )
        for error in report.rejected[:_MOST_REJECTED]
    )
    left = len(report.rejected) - _MOST_REJECTED
    return Markup(
        '<h3>{} not taken</h3><table class="rejected"><thead><tr><th scope="col">Document</th>'
        '<th scope="col">Why, and what to do</th></tr></thead><tbody>{}</tbody></table>{}'
    ).format(
        write_count(len(report.rejected), "document"),
        rows,
        Markup('<p class="note">and {} more.</p>').format(f"{left:,}") if left > 0 else "",
    )


def render_check(report: CheckReport) -> Markup:
    """Render what a check found and mended."""
    done = _list(f"Mended: {one}." for one in report.repaired)
    problems = Markup("").join(
        Markup("<li>{} <b>{}.</b></li>").format(f"{one.text}.", one.todo) for one in report.problems
    )
    counts = (
        f"{write_count(report.articles, 'article')}, {write_count(report.passages, 'passage')} and "
        f"{write_count(report.attributions, 'statement')} looked at"
    )
    if not report.problems:
        return Markup('{}<p class="done" role="status">{}: all sound.</p>').format(done, counts)
    return Markup('{}<p class="failure" role="alert">{}; {} found.</p><ul>{}</ul>').format(
        done, counts, write_count(len(report.problems), "problem"), problems
    )


def _list(lines: Iterable[str]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<ul class="note">{}</ul>').format(items) if items else Markup("")


def render_entries(
    entries: Sequence[Entry], total: int, page: int, size: int, *, manage: bool
) -> Markup:
    """Render a page of the archive's articles, each to be read and, with `manage`, removed."""
    if not entries:
        return Markup('<p class="hint" role="status">No article fits.</p>')
    first = page * size
    rows = Markup("").join(_entry(entry, manage=manage) for entry in entries)
    button = Markup('<button type="button" data-event="more" data-page="{}">{}</button>')
    buttons = button.format(page - 1, "← Those before") if page else Markup("")
    if first + len(entries) < total:
        buttons += button.format(page + 1, "Those after →")
    return Markup(
        '<p class="note" role="status">{}, newest first{}</p>'
        '<table class="entries" data-arrows><caption class="unseen">Articles</caption><thead><tr>'
        '<th scope="col">Day</th><th scope="col">Article</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
        '<nav class="turn-page" aria-label="Pages of articles">{}</nav>'
    ).format(
        write_count(total, "article"),
        f" · {first + 1:,} to {first + len(entries):,}" if len(entries) < total else "",
        Markup('<th scope="col"><span class="unseen">Remove</span></th>') if manage else "",
        rows,
        buttons,
    )


def _entry(entry: Entry, *, manage: bool) -> Markup:
    remove = Markup(
        '<td><button type="button" class="remove" data-event="remove" data-article="{}" '
        'data-sure="Remove for good?">Remove<span class="unseen"> {}</span></button></td>'
    ).format(entry.id, entry.title)
    return Markup(
        '<tr data-row><td class="when">{}</td><td><button type="button" data-event="open" '
        'data-article="{}" data-key="{}"><span dir="auto">{}</span></button>'
        '<p class="from" dir="auto">{}</p></td>{}</tr>'
    ).format(
        render_time(entry.published),
        entry.id,
        f"article {entry.id}",
        " ".join(entry.title.split()),
        entry.outlet or "Outlet not given",
        remove if manage else "",
    )
