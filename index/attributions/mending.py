"""Undo a parser's commonest slips with reported speech, before anything reads its trees.

Each slip was counted on PolNeAR's training articles and is undone where annotators mostly side with
the other reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..records import Token

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_ADRIFT = frozenset(("conj", "ccomp", "advcl", "parataxis", "dep"))
_ADDRESSED = frozenset((
    "tell", "warn", "inform", "remind", "assure", "persuade", "convince", "notify", "advise",
))  # fmt: skip
_REPORTING = _ADDRESSED | frozenset((
    "say", "add", "claim", "argue", "insist", "promise", "note", "report", "believe", "think",
    "suggest", "allege", "maintain", "state", "predict", "announce", "deny", "hope", "fear",
    "expect", "admit", "acknowledge", "concede", "confirm", "conclude", "reveal", "show",
    "indicate", "assert", "declare", "vow", "pledge", "swear", "complain", "contend", "testify",
    "explain", "write", "recall", "estimate", "stress", "emphasise", "emphasize", "caution",
    "charge", "boast", "joke", "find", "ask", "wonder", "mention", "remark", "observe", "point",
    "accuse", "urge", "criticise", "criticize", "call", "praise", "blame", "question", "cite",
))  # fmt: skip
_MARKS = frozenset(("“", "”", '"', "''", "``", "‘", "«", "»", "„"))


def mend(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with other heads and labels where the parser slipped."""
    mended = list(tokens)
    with_subject = {token.head for token in tokens if token.dep in SUBJECTS}
    for place, token in enumerate(tokens):
        if token.dep == "dobj":
            _free_subject(mended, place, with_subject)
        elif token.dep == "acl":
            _tell_clause(mended, place)
        elif token.dep == "conj" and token.pos in {"VERB", "AUX"}:
            _move_second_cue(mended, place, with_subject)
            _join_content(mended, place, with_subject)
    return tuple(mended)


def _free_subject(mended: list[Token], place: int, with_subject: set[int]) -> None:
    """Undo "revealed [China] hired ...": the noun is the next verb's subject, and that a clause.

    With "that" left out the noun is taken for the object, and the finite verb after it, now
    without a subject, for a verb of some other clause.
    """
    noun = mended[place]
    if place + 1 >= len(mended) or noun.head > place:
        return
    after = mended[place + 1]
    if (
        after.tag in _FINITE
        and after.dep in _ADRIFT
        and place + 1 not in with_subject
        and not _is_over(mended, place + 1, noun.head)
    ):
        mended[place] = noun._replace(dep="nsubj", head=place + 1)
        mended[place + 1] = after._replace(dep="ccomp", head=noun.head)


def _tell_clause(mended: list[Token], place: int) -> None:
    """Undo "told him at noon [that it rained]": the clause is what was told, not about the noon."""
    clause = mended[place]
    if not any(
        mended[kid].head == place and mended[kid].dep == "mark" and mended[kid].lemma == "that"
        for kid in range(clause.head + 1, place)
    ):
        return
    for above in _above(mended, clause.head):
        if mended[above].pos == "VERB":
            if mended[above].lemma in _ADDRESSED and above < clause.head:
                mended[place] = clause._replace(dep="ccomp", head=above)
            return


def _move_second_cue(mended: list[Token], place: int, with_subject: set[int]) -> None:
    """Undo "said [it rained and asked for boats]": who said it asked, too."""
    second = mended[place]
    content = mended[second.head]
    cue = mended[content.head]
    if (
        content.dep == "ccomp"
        and content.head < second.head < place
        and place not in with_subject
        and {cue.lemma, second.lemma} <= _REPORTING
        and cue.tag == second.tag
        and second.tag in _FINITE
        and not any(token.text in _MARKS for token in mended[second.head : place])
    ):
        for between in range(second.head + 1, place):
            if mended[between].head == second.head and mended[between].dep in {"cc", "punct"}:
                mended[between] = mended[between]._replace(head=content.head)
        mended[place] = second._replace(head=content.head)


def _join_content(mended: list[Token], place: int, with_subject: set[int]) -> None:
    """Undo "said it rained [and would freeze]": what comes after a clause goes on with it."""
    second = mended[place]
    cue = second.head
    kids = [kid for kid in range(cue + 1, place) if mended[kid].head == cue]
    content = next((kid for kid in kids if mended[kid].dep == "ccomp"), None)
    if mended[cue].lemma not in _REPORTING or second.lemma in _REPORTING or content is None:
        return
    helpers = [w for w in range(content + 1, place) if mended[w].head == place]
    later = any(mended[w].tag == "MD" or mended[w].text == "had" for w in helpers)
    if later or (place not in with_subject and second.lemma == "be"):
        for kid in kids:
            if kid > content and mended[kid].dep in {"cc", "punct"}:
                mended[kid] = mended[kid]._replace(head=content)
        mended[place] = second._replace(head=content)


def _is_over(tokens: Sequence[Token], above: int, word: int) -> bool:
    """Tell whether `word` hangs on `above`, however far down."""
    return word == above or any(head == above for head in _above(tokens, word))


def _above(tokens: Sequence[Token], word: int) -> Iterator[int]:
    while (head := tokens[word].head) != word:
        yield head
        word = head
