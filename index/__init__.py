"""News articles in, a searchable archive of passages and attributions out."""

from .archive import Archive
from .build import build, rebuild, relink, remove

__all__ = ["Archive", "build", "rebuild", "relink", "remove"]

__distribution__ = "onrecord"
