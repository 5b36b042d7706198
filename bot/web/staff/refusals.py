"""What a clerk is told when a page cannot be opened or a form not taken."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

SIGN_IN = "/staff/login"


class SignedOut(Exception):
    """Nobody is signed in, or not any more."""


class Refusal(Exception):
    """Something that is not done; the text says why, to the clerk.

    Args:
        status: the HTTP status.
        text: the reason and the cure.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


def wants_page(request: Request) -> bool:
    """Whether the browser itself asks, as against a page's script."""
    return "text/html" in request.headers.get("accept", "")


def install(app: FastAPI) -> None:
    """Let the application answer these exceptions."""
    app.add_exception_handler(SignedOut, _signed_out)
    app.add_exception_handler(Refusal, _refused)


async def _signed_out(request: Request, error: Exception) -> Response:
    """A browser goes to sign in and comes back; a script asks for the password where it is."""
    if not wants_page(request):
        return JSONResponse({"error": "登录已过期，请重新登录。", "signed_out": True}, 401)
    path = request.url.path if request.method == "GET" else ""
    wanted = f"{path}?{request.url.query}" if path and request.url.query else path
    return RedirectResponse(f"{SIGN_IN}?next={quote(wanted)}" if wanted else SIGN_IN, 303)


async def _refused(request: Request, error: Exception) -> Response:
    from bot.web.staff.pages import bare_page

    assert isinstance(error, Refusal)
    if wants_page(request):
        return bare_page(request, "staff/refused.html", error.status, reason=error.text)
    return JSONResponse({"error": error.text}, error.status)
