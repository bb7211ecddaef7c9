"""Who the sources of attributions are: within an article, and across an archive."""

from .resolution import resolve

__all__ = ["resolve"]
