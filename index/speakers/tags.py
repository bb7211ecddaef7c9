"""What names of an archive have to do with one another: those that share a tag may.

A name bears a tag for each way in which it can be led to another name, so that whoever looks for
all names that a change can touch asks for those with the tags of the changed ones.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..records import Naming
from .bodies import OWNED, capitals
from .evidence import COMPANY
from .genders import gender_of_name
from .names import is_full, key, parts, surname
from .organisations import acronym


def tag(naming: Naming) -> set[str]:
    """Return the tags of a naming, each a letter and what names share that bear it.

    - `k`, of all: what is written alike, but for case, accents, marks and articles; of bodies
      named for somebody, also what that name shares, and they themselves without the "'s".
    - `s`, of people, and of bodies named for one ("Roe's office"): the person's surname.
    - `f`, of people with a full name: the given name.
    - `g`, of people with a given name alone, and of bodies named for one: that name.
    - `a`, of bodies: what their names may be cut to, and of acronyms: themselves.

    Those who speak together bear what each of them does, but for `f`.
    """
    found = {"k" + key(naming.name)}
    for member in naming.members:
        found |= {one for one in tag(Naming(naming.article, *member)) if one[0] != "f"}
    if naming.kind not in COMPANY or naming.members:
        return found
    found |= {"a" + short for short in (capitals(naming.name), *acronym(naming.name)) if short}
    owned = OWNED.fullmatch(naming.name)
    if owned:
        owner = key(owned["owner"])
        found |= {"k" + owner, f"k{owner} {owned['noun']}"}
        found |= {one for one in _of_person(owned["owner"]) if one[0] != "f"}
    return found | (_of_person(naming.name) if naming.kind == "person" else set())


def _of_person(name: str) -> set[str]:
    words = parts(name)
    if not words:
        return set()
    alone = {"g" + words[0]} if len(words) == 1 and gender_of_name(words[0]) else set()
    return {"s" + surname(name)} | ({"f" + words[0]} if is_full(name) else alone)


def spread(namings: Iterable[Naming]) -> set[str]:
    """Return the tags of names that a change of these may touch, beyond those they have in common.

    Whoever goes by a given name alone may be any of those who have it; who is written like a
    person is one; and a body is named for whoever its owner is now.
    """
    found = set()
    for one in namings:
        if one.kind in COMPANY or one.members:
            found |= {mark for mark in tag(one) if mark[0] == "k"}
        if one.kind == "person" and is_full(one.name):
            found.add("g" + parts(one.name)[0])
    return found
