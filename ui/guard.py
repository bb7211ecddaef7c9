"""What holds for every request to the server, whatever answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from .limits import RateLimit

if TYPE_CHECKING:
    from starlette import types as asgi

# Gradio runs code that it makes in the browser (hence unsafe-eval) and styles elements in place;
# but nothing is fetched from, sent to, or framed by another host.
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}
_LOGINS_A_MINUTE = 10
_OTHER_BYTES = 16 * 1024 * 1024
"""Most that a request may send that uploads nothing: a conversation's history at the most."""


class Guard:
    """Adds `_HEADERS` to every reply, and turns away what is too large or too often.

    Args:
        upload_bytes: Largest request that uploads a file.
    """

    def __init__(self, app: asgi.ASGIApp, upload_bytes: int) -> None:
        self.app = app
        self._upload_bytes = upload_bytes
        self._logins = RateLimit(_LOGINS_A_MINUTE)

    async def __call__(self, scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        """Pass a request on, or turn it away."""

        async def guarded(message: asgi.Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refusal = self._refuse(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, guarded)

    def _refuse(self, scope: asgi.Scope) -> asgi.ASGIApp | None:
        path = scope["path"].rstrip("/")
        if scope["method"] != "POST":
            return None
        most = self._upload_bytes if path.endswith("/upload") else _OTHER_BYTES
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > most:
            return PlainTextResponse(
                f"This is too large: at most {most // 1024**2} MB can be sent at once.", 413
            )
        if path.endswith("/login"):
            wait = self._logins.take(scope["client"][0] if scope.get("client") else "")
            if wait:
                return PlainTextResponse(
                    "Too many tries to log in. Wait a minute, then try again.",
                    429,
                    {"retry-after": str(int(wait) + 1)},
                )
        return None
