"""Who the sources of attributions are: within an article, and across an archive."""

from .bylines import sign, signers
from .corrections import Corrections, Split, change_corrections, read_corrections
from .linking import Links, collect, link
from .relinking import LINKING, relink
from .resolution import resolve
from .roles import Origin, role_words

__all__ = [
    "LINKING",
    "Corrections",
    "Links",
    "Origin",
    "Split",
    "change_corrections",
    "collect",
    "link",
    "read_corrections",
    "relink",
    "resolve",
    "role_words",
    "sign",
    "signers",
]
