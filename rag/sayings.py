"""What somebody's words are called where a question asks for them: "what was her answer?"."""

SAYINGS = frozenset(
    "account advice answer apology argument assessment boast case claim comment complaint "
    "criticism defence defense demand excuse explanation forecast idea impression joke "
    "judgement judgment message objection opinion plea pledge position prediction promise "
    "quip rationale reaction reason reasoning rebuttal rejoinder remark reply response retort "
    "stance statement take testimony theory thought verdict view warning word".split()
)
"""Nouns, in the singular."""
