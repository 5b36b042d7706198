"""What a clerk is told when a page cannot be opened or a form not taken."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from bot.web import refusal

SIGN_IN = "/staff/login"
#: Where the pages for staff are.
STAFF_PATHS = ("/staff", "/desk")


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
    app.add_exception_handler(RequestValidationError, _no_such_address)


async def _signed_out(request: Request, error: Exception) -> Response:
    """A browser goes to sign in and comes back; a script asks for the password where it is."""
    if not wants_page(request):
        return JSONResponse({"error": "登录已过期，请重新登录。", "signed_out": True}, 401)
    path = request.url.path if request.method == "GET" else ""
    wanted = f"{path}?{request.url.query}" if path and request.url.query else path
    return RedirectResponse(f"{SIGN_IN}?next={quote(wanted)}" if wanted else SIGN_IN, 303)


async def _no_such_address(request: Request, error: Exception) -> Response:
    """Forms are read by ourselves (guard.fields): what the framework cannot read is a number in the address."""
    return await unknown(request, HTTPException(404))


async def unknown(request: Request, error: Exception) -> Response:
    """An unknown page or method: a page in a clerk's browser, everywhere else what `refusal.answer` gives."""
    answer = await refusal.answer(request, error)
    is_ours = request.url.path.startswith(STAFF_PATHS)
    if not (is_ours and wants_page(request) and isinstance(error, HTTPException)):
        return answer
    return await _refused(request, Refusal(answer.status_code, refusal.reason(answer.status_code)))


def failed(request: Request) -> Response:
    """What went wrong in ourselves: a page in a clerk's browser, everywhere else the reason alone."""
    return _answer(request, 500, "系统出了点问题，请稍后再试。")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return _answer(request, error.status, error.text)


def _answer(request: Request, status: int, reason: str) -> Response:
    from bot.web.staff.pages import bare_page

    if wants_page(request) and request.url.path.startswith(STAFF_PATHS):
        return bare_page(request, "staff/refused.html", status, reason=reason)
    return JSONResponse({"error": reason}, status)
