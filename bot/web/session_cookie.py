"""The cookie that carries a session's secret, and who sent a request."""

from __future__ import annotations

import re
import secrets
from ipaddress import ip_address, ip_network
from typing import TypeVar

from fastapi import Request
from fastapi.responses import Response

from bot import settings

COOKIE = "chunfeng_session"
COOKIE_SECONDS = 180 * 24 * 3600
_TOKEN_BYTES = 32
_TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}\Z")

#: One household or company gets a whole IPv6 network of this size.
_IPV6_PREFIX = 64

Answer = TypeVar("Answer", bound=Response)


def token_of(request: Request) -> str:
    """The session's secret out of the cookie; a new one where there is none of the right form."""
    given = request.cookies.get(COOKIE, "")
    return given if _TOKEN.match(given) else new_token()


def new_token() -> str:
    """The secret of a new session."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def with_session(response: Answer, request: Request, token: str) -> Answer:
    """The response with the session's cookie, set anew each time: it must outlast a campaign."""
    set_cookie(response, request, COOKIE, token, COOKIE_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def set_cookie(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """Set a cookie that scripts cannot read.

    In a frame on another site it is only sent with SameSite=None, which needs Secure; Partitioned keeps it
    to that site. Starlette takes Partitioned from Python 3.14 on, so it is added to the finished line.
    """
    secure = request.url.scheme == "https"
    framed = secure and bool(settings.get().embed_origins)
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="none" if framed else "lax", secure=secure
    )
    if framed:
        key, line = response.raw_headers[-1]
        response.raw_headers[-1] = (key, line + b"; Partitioned")


def network_of(request: Request) -> str | None:
    """The sender's address, of IPv6 its network; None for this machine's own, which a proxy may have."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return None
    if address.is_loopback:
        return None
    return str(ip_network((address, _IPV6_PREFIX), strict=False)) if address.version == 6 else str(address)
