"""What every response carries, and what no other site may send."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def headers(embed_origins: str) -> dict[str, str]:
    """The security headers: scripts, styles and connections from this host only, nothing inline.

    Args:
        embed_origins: sites that may show the chat in a frame, with commas between them.
    """
    origins = [origin.strip() for origin in embed_origins.split(",") if origin.strip()]
    framed_by = " ".join(["'self'", *origins]) if origins else "'none'"
    return {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {framed_by}",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


class Guard:
    """Adds the headers, refuses what another site makes a browser send, and turns a failure into a reason.

    Args:
        app: the application behind it.
        added: the headers that a response gets unless it has its own.
        failed: makes the answer to a request that failed.
    """

    def __init__(self, app: ASGIApp, added: dict[str, str], failed: Callable[[Request], Response]) -> None:
        self._app = app
        self._added = added
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                kept = MutableHeaders(scope=message)
                for name, value in self._added.items():
                    kept.setdefault(name, value)
            await send(message)

        try:
            if scope["method"] not in _SAFE_METHODS and _is_from_another_site(Headers(scope=scope)):
                refused = JSONResponse({"error": "请在本页面里操作。"}, 403)
                await refused(scope, receive, with_headers)
                return
            await self._app(scope, receive, with_headers)
        except Exception:  # the page gets a reason, the log the trace; neither shows a statement's parameters
            log.exception("%s %s", scope["method"], scope["path"])
            if not has_begun:
                await self._failed(Request(scope))(scope, receive, with_headers)


def _is_from_another_site(given: Headers) -> bool:
    """Whether a browser says that another site's page sent this (Fetch Metadata; older ones: Origin)."""
    site = given.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = given.get("origin")
    asked = (given.get("x-forwarded-host"), given.get("host"))
    return origin is not None and urlsplit(origin).netloc not in asked
