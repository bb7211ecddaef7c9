"""Corrections by hand: two speakers that are one, one that is two, a name that is wrong.

They stand in `corrections.toml` in the archive's folder and outlive every rebuild::

    [[merge]]
    speakers = ["Jonathan Roe", "Jon Rowe"]     # the first one's name stays

    [[split]]
    speaker = "Jane Roe"
    articles = ["a17", "a18"]                   # here it is somebody else ...
    name = "Jane Roe (judge)"                   # ... of this name

    [[rename]]
    speaker = "J. Roe"
    name = "Jane Roe"

Speakers are told by their name or any of their aliases, without regard to case and accents.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from filelock import FileLock

from ..errors import ArchiveError
from ..records import Place, SpeakerKind
from .names import key, parts

FILE = "corrections.toml"
_FIELDS: Mapping[str, Mapping[str, type]] = {
    "merge": {"speakers": list},
    "split": {"speaker": str, "articles": list, "name": str},
    "rename": {"speaker": str, "name": str},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """In these articles, the speaker is somebody else, called `name`."""

    speaker: str
    articles: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What `corrections.toml` says; applied in this order: split, merge, rename."""

    splits: tuple[Split, ...] = ()
    merges: tuple[tuple[str, ...], ...] = ()
    renames: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Every name in them."""
        split = (name for one in self.splits for name in (one.speaker, one.name))
        return frozenset([*split, *chain(*self.merges), *chain(*self.renames)])


@dataclass(slots=True)
class Draft:
    """A speaker in the making.

    Attributes:
        names: How often the articles give each name.
        places: The namings of it.
        is_local: Its name means another one in each article.
        chosen: A name given by hand.
        aliases: Names that lead here by hand.
    """

    kind: SpeakerKind
    names: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    is_local: bool = False
    chosen: str = ""
    aliases: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name to show: by hand, else the most frequent of two words or more, else any."""
        if self.chosen:
            return self.chosen
        full = {n: c for n, c in self.names.items() if self.kind != "person" or len(parts(n)) > 1}
        # Harry Reid rather than Harry M. Reid: readers know the plain name, and ask by it.
        return min(full or self.names, key=lambda n: (_middles(n), -self.names[n], -len(n), n))

    def goes_by(self, name: str) -> bool:
        """Whether `name` is one of this speaker's names."""
        return key(name) in {key(n) for n in (self.name, *self.names, *self.aliases)}


def read_corrections(folder: Path) -> Corrections:
    """Return the corrections of an archive's folder; none where it has no file of them.

    Raises:
        ArchiveError: The file isn't TOML, or has an entry that is none of the three above.
    """
    path = folder / FILE
    if not path.exists():
        return Corrections()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArchiveError(f"this isn't TOML: {error}", path=path) from error
    _check(entries, path)
    return Corrections(
        splits=tuple(
            Split(speaker=e["speaker"], articles=tuple(e["articles"]), name=e["name"])
            for e in entries.get("split", [])
        ),
        merges=tuple(tuple(e["speakers"]) for e in entries.get("merge", [])),
        renames=tuple((e["speaker"], e["name"]) for e in entries.get("rename", [])),
    )


def change_corrections(folder: Path, change: Callable[[Corrections], Corrections]) -> None:
    """Put what `change` makes of an archive's corrections in their place, for the next build.

    The file is replaced whole or not at all. Its lines of comment stay, at the top.

    Raises:
        ArchiveError: It can't be read or written.
        ValueError: A name is empty, or a name or an id isn't text.
    """
    path = folder / FILE
    try:
        with FileLock(folder / f"{FILE}.lock"):
            changed = change(read_corrections(folder))
            before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
            comments = [line for line in before if line.startswith("#")]
            made = folder / f"{FILE}.new"
            made.write_text("\n".join([*comments, *_lines(changed), ""]), encoding="utf-8")
            made.replace(path)
    except UnicodeEncodeError as error:
        raise ValueError("a name has characters that are no text; type it anew") from error
    except OSError as error:
        raise ArchiveError(
            f"it can't be written ({error.strerror}); see to it that there is room, and that the "
            "folder may be written to",
            path=path,
        ) from error


def _lines(corrections: Corrections) -> Iterator[str]:
    """Yield the lines of the file."""
    for split in corrections.splits:
        speaker, name = _quote("speaker", split.speaker), _quote("name", split.name)
        yield f"[[split]]\n{speaker}\n{_quote('articles', *split.articles, many=True)}\n{name}"
    for names in corrections.merges:
        yield f"[[merge]]\n{_quote('speakers', *names, many=True)}"
    for old, new in corrections.renames:
        yield f"[[rename]]\n{_quote('speaker', old)}\n{_quote('name', new)}"


def _quote(field_name: str, *texts: str, many: bool = False) -> str:
    """Return a field in TOML: JSON's strings are its own, but for one character."""
    if not texts or not all(text.strip() for text in texts):
        raise ValueError(f"{field_name} is empty; type a name")
    quoted = [json.dumps(t, ensure_ascii=False).replace("\x7f", "\\u007f") for t in texts]
    return f"{field_name} = " + (f"[{', '.join(quoted)}]" if many else quoted[0])


def _check(entries: Mapping[str, object], path: Path) -> None:
    for kind, found in entries.items():
        fields = _FIELDS.get(kind)
        if fields is None or not isinstance(found, list):
            raise ArchiveError(
                f"[[{kind}]] is no correction; use [[merge]], [[split]] or [[rename]]", path=path
            )
        for entry in found:
            right = isinstance(entry, dict) and entry.keys() == fields.keys()
            if not right or not all(_is(entry[name], type_) for name, type_ in fields.items()):
                wanted = ", ".join(f"{name} ({t.__name__})" for name, t in fields.items())
                raise ArchiveError(f"[[{kind}]] needs {wanted}, but has {entry!r}", path=path)


def _is(value: object, type_: type) -> bool:
    if type_ is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, type_)


def correct(drafts: Sequence[Draft], corrections: Corrections) -> tuple[list[Draft], list[str]]:
    """Return the corrected speakers, and the corrections that found nobody to correct."""
    kept = list(drafts)
    unused: list[str] = []
    unused += [
        f"split {split.speaker}: no such speaker in {', '.join(split.articles)}"
        for split in corrections.splits
        if not _split(kept, split)
    ]
    for names in corrections.merges:
        found = [_find(kept, name) for name in names]
        missing = [name for name, draft in zip(names, found, strict=True) if draft is None]
        unused += [f"merge {name}: no such speaker" for name in missing]
        _merge(kept, [draft for draft in found if draft is not None])
    for old, new in corrections.renames:
        draft = _find(kept, old)
        if draft is None:
            unused.append(f"rename {old}: no such speaker")
        else:
            kept[kept.index(draft)] = replace(draft, chosen=new)
    return kept, unused


def _find(drafts: Sequence[Draft], name: str) -> Draft | None:
    """Return the speaker who is shown under a name, or else one who goes by it."""
    shown = (draft for draft in drafts if key(draft.name) == key(name))
    return next(shown, None) or next((draft for draft in drafts if draft.goes_by(name)), None)


def _split(drafts: list[Draft], split: Split) -> bool:
    """Move a speaker's mentions in some articles to a new speaker; False where there are none."""
    for draft in sorted(drafts, key=lambda draft: key(draft.name) != key(split.speaker)):
        moved = [place for place in draft.places if place[0] in split.articles]
        if draft.goes_by(split.speaker) and moved:
            draft.places = [place for place in draft.places if place not in moved]
            new = replace(draft, names=Counter(), places=moved, chosen=split.name, aliases=set())
            drafts.append(new)
            if not draft.places:
                drafts.remove(draft)
            return True
    return False


def _merge(drafts: list[Draft], found: Sequence[Draft]) -> None:
    """Put all of `found` into the first of them, whose name and kind stay."""
    for other in found[1:]:
        if other is found[0] or other not in drafts:
            continue
        found[0].chosen = found[0].name
        found[0].aliases |= {other.name, *other.aliases}
        found[0].names += other.names
        found[0].places += other.places
        drafts.remove(other)


def _middles(name: str) -> int:
    """Count the initials between the first and the last part of a name."""
    return sum(len(part) == 1 for part in parts(name)[1:-1])
