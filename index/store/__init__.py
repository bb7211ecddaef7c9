"""The records on disk, in SQLite: the truth that everything else can be remade from.

Every row of `articles` says in which generation it appeared and in which it was replaced. A
reader sees the generation that was published when it opened, and nothing of a build under way.
"""

from .integrity import find_problems
from .reader import Entry, Reader, Statement, Totals, Version
from .register import Register
from .rows import Row, digest
from .schema import upgrade
from .writer import Signed, Writer

__all__ = [
    "Entry",
    "Reader",
    "Register",
    "Row",
    "Signed",
    "Statement",
    "Totals",
    "Version",
    "Writer",
    "digest",
    "find_problems",
    "upgrade",
]
