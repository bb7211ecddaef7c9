"""News articles in, a searchable archive of passages and attributions out."""

from .archive import Archive
from .build import build

__all__ = ["Archive", "build"]

__distribution__ = "onrecord"
