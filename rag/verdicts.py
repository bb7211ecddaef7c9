"""Did he say it? Whether what was said affirms what is asked, by negation and by closeness.

A logistic model over three signs, fitted to the 29 training questions of this kind that name one
speaker. Left out one by one, 79 % of them are decided right; 55 % are by always saying yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.records import Hit

from .polarity import denies, is_negative
from .records import Evidence, Question, Verdict

_BIAS = -2.7
_WEIGHTS = {
    "other polarity": -1.7,  # the closest sentence is negative and the question isn't, or reversed
    "other polarity of all": -2.1,  # the same of the whole statement that is closest
    "within": 7.7,  # late interaction of the closest statement with the topic, -1 to 1
}

_CLOSEST = 5
"""Statements whose sentences are looked at, those that bear most on the topic."""

_SENTENCE = re.compile(r"(?<=[.!?…;])['”\"’]*\s+|(?<=[”\"])\s+|\n+")
_WORD = re.compile(r"\w{4,}")
_STEM = 5


def judge(question: Question, hits: Iterable[Hit], pieces: Sequence[Evidence]) -> Verdict | None:
    """Return yes or no to "did X say ...?"; None for other questions, or where nothing is found.

    Args:
        hits: What was found for the question, compared with its topic too.
        pieces: The statements that the answer shows, best first.
    """
    if question.kind != "verify" or not pieces:
        return None
    if question.supposed:
        said = pieces[0].speaker
        return "yes" if said in question.supposed else "no"
    if not question.speakers:
        return None
    signs = _signs(question, _theirs(question, hits))
    if signs is None:
        return "no"
    return "yes" if _BIAS + sum(_WEIGHTS[k] * value for k, value in signs.items()) > 0 else "no"


def _theirs(question: Question, hits: Iterable[Hit]) -> list[Hit]:
    """Return the statements of those asked about, what bears most on the topic first."""
    ids = {speaker.id for speaker in question.speakers}
    found = [
        hit
        for hit in hits
        if hit.attribution and hit.attribution.speaker_id in ids and len(_content(hit).split()) > 2
    ]
    return sorted(found, key=lambda hit: -(hit.scores["topic"] + hit.scores["topic within"]))


def _signs(question: Question, theirs: Sequence[Hit]) -> dict[str, float] | None:
    if not theirs:
        return None
    closest = max(theirs, key=lambda hit: hit.scores["topic within"] + hit.scores["topic"] / 2)
    topic = _stems(question.topic)
    sentences = [
        (len(topic & _stems(sentence)), hit.scores["topic within"], sentence, hit)
        for hit in theirs[:_CLOSEST]
        if hit.attribution and hit.attribution.within is None
        for sentence in _SENTENCE.split(_stated(hit))
        if len(sentence.split()) > 2
    ]
    best = max(sentences, key=lambda found: found[:2], default=None)
    asked = is_negative(question.text)
    sentence = (_denies(best[3]) or is_negative(best[2])) if best else _denies(closest)
    whole = _denies(closest) or is_negative(_content(closest))
    return {
        "other polarity": float(sentence != asked),
        "other polarity of all": float(whole != asked),
        "within": closest.scores["topic within"],
    }


def _denies(hit: Hit) -> bool:
    return hit.attribution is not None and denies(hit.attribution)


def _stated(hit: Hit) -> str:
    spans = (*hit.attribution.cue, *hit.attribution.content) if hit.attribution else ()
    return " ".join(hit.article.quote(span) for span in sorted(spans))


def _content(hit: Hit) -> str:
    spans = hit.attribution.content if hit.attribution else ()
    return " ".join(hit.article.quote(span) for span in spans)


def _stems(text: str) -> set[str]:
    return {word.lower()[:_STEM] for word in _WORD.findall(text)}
