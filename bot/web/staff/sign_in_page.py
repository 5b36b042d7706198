"""`/staff/login` and `/staff/logout`."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from bot import clock
from bot.records import audit, database, privacy, queue, sign_in
from bot.web.staff import guard, pages
from bot.web.staff.refusals import SIGN_IN, wants_page

router = APIRouter()

_HOME = "/staff"
#: Where a sign-in may lead: our own pages, never another host.
_OURS = re.compile(r"/(?:staff|desk)(?:[/?][A-Za-z0-9/?&=._~%+:-]*)?")


@router.get(SIGN_IN)
def show(request: Request) -> Response:
    """The sign-in page."""
    return pages.bare_page(request, "staff/sign_in.html", next=_ours(request.query_params.get("next", "")))


@router.post(SIGN_IN)
def take(request: Request, form: Annotated[guard.Form, Depends(guard.fields)]) -> Response:
    """Sign in. A page's script that was signed out in the middle of something gets its new form token."""
    login, following = form.get("login", "").strip().lower(), _ours(form.get("next", ""))
    tried = sign_in.sign_in(login, form.get("password", ""), guard.address(request), clock.now())
    if tried.blocked_until is not None:
        return _again(request, 429, f"试的次数太多了，请{tried.blocked_until:%H:%M:%S}以后再试。", login, following)
    if tried.account is None or tried.token is None:
        return _again(request, 401, "登录名和密码对不上。", login, following)
    with database.writing() as session:
        sign_in.forget_ended(session, clock.now())
        audit.note(session, tried.account.id, "session.begin", "", clock.now())
    if wants_page(request):
        answer: Response = RedirectResponse(following, 303)
    else:
        answer = pages.data({"login": tried.account.login, "csrf": privacy.digest("csrf", tried.token)})
    answer.set_cookie(
        guard.COOKIE, tried.token, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/"
    )
    return answer


@router.get("/staff/session")
def session_of(who: guard.Anybody) -> Response:
    """Who is signed in, and their form token: for a window that was open before they signed in again in another."""
    return pages.data({"login": who.account.login, "csrf": who.csrf})


@router.post("/staff/logout")
def leave(request: Request, who: guard.Anybody, form: guard.Posted) -> Response:
    """Sign out."""
    with database.writing() as session:
        sign_in.sign_out(session, request.cookies[guard.COOKIE])
        queue.release(session, who.account.id)
        audit.note(session, who.account.id, "session.end", "", clock.now())
    answer = pages.done(request, SIGN_IN)
    answer.delete_cookie(guard.COOKIE, path="/")
    return answer


def _again(request: Request, status: int, reason: str, login: str, following: str) -> Response:
    if wants_page(request):
        return pages.bare_page(request, "staff/sign_in.html", status, reason=reason, login=login, next=following)
    answer = pages.data({"error": reason})
    answer.status_code = status
    return answer


def _ours(path: str) -> str:
    return path if _OURS.fullmatch(path) else _HOME
