"""Names as a question writes them: words, runs of capitals, what two spellings share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
POSSESSIVE = re.compile(r"['’]s?$")
_TITLES = frozenset(
    (
        "mr mister mrs ms miss mx dr sir dame lord lady prof professor cllr councillor sen senator "
        "rep representative congressman congresswoman gov governor president premier chancellor "
        "secretary justice judge mayor "
        "general gen col colonel sheriff commissioner ambassador minister pope king queen prince "
        "princess rev captain capt lieutenant lt sergeant sgt corporal admiral adm commander "
        "coach officer detective deputy speaker rabbi pastor archbishop imam attorney the"
    ).split()
)
LONGEST = 6
"""Words of a name."""

QUESTION_WORDS = frozenset(
    "what who whom whose which when where why how did does do was were is are has have had can "
    "could will would should in on at by for from of and or but the a an as according whats he she "
    "it they we you i".split()
)


def name_key(name: str) -> str:
    """Return `name` in lower case, without accents, titles, possessive and punctuation."""
    words = [fold(word) for word in WORD.findall(name)]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


def fold(word: str) -> str:
    """Return a word in lower case, without accents, marks and a possessive ending."""
    word = POSSESSIVE.sub("", word)
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9-]+", "", plain) or word.lower()


def count_run(text: str, words: Sequence[re.Match[str]], first: int) -> int:
    """Count the capitalised words from `first` on, up to a possessive or a mark."""
    count = 0
    for word in words[first : first + LONGEST]:
        if not word[0][0].isupper() or (
            count and text[words[first + count - 1].end() : word.start()].strip(". ")
        ):
            break
        if count == 0 and fold(word[0]) in QUESTION_WORDS:
            break
        count += 1
        if POSSESSIVE.search(word[0]):
            break
    return count
