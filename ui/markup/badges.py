"""Who says a statement, and in which way, as HTML."""

from __future__ import annotations

from markupsafe import Markup

from rag import Attribution, Citation

from ..wording import KINDS, describe_speaker, name_speaker, name_stance


def render_heading(citation: Citation) -> Markup:
    """Render the citation's number, its speaker and what the speaker did."""
    role = describe_speaker(citation)
    return Markup(
        '<header><span class="number">{}</span><h3 dir="auto">{}</h3>{}{}</header>'
    ).format(
        citation.number,
        name_speaker(citation),
        render_badges(citation.attribution),
        Markup('<p class="role" dir="auto">{}</p>').format(role) if role else "",
    )


def render_badges(attribution: Attribution | None) -> Markup:
    """Render the stance, and whose words they are."""
    if attribution is None:
        return Markup('<span class="badge">No speaker</span>')
    kind, meaning = KINDS[attribution.kind]
    return Markup(
        '<span class="badge stance" data-stance="{}">{}</span>'
        '<span class="badge" title="{}">{}</span>'
    ).format(attribution.stance, name_stance(attribution), meaning, kind)
