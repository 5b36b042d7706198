"""Who may open a staff page, and whether a posted form came from one of ours."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Path, Request

from bot import clock
from bot.records import privacy, sign_in
from bot.records.sign_in import SignedIn
from bot.records.staff import ADMIN, CLERK, ROLES, STATISTICS
from bot.web.staff.refusals import Refusal, SignedOut

COOKIE = "chunfeng_staff"
CSRF_FIELD = "csrf"
CSRF_HEADER = "X-CSRF-Token"
#: Set by a page that looks for news by itself: nobody is at the keyboard, and the session grows older.
BACKGROUND_HEADER = "X-Background"

LARGEST_FORM = 64 * 1024
LARGEST_SHEET = 8 * 2**20
MOST_FIELDS = 100

#: The largest number that a row can have: PostgreSQL's integer.
LARGEST_ROW = 2**31 - 1

#: The number of a row in an address; whatever cannot be one is a page that does not exist (refusals.py).
RowId = Annotated[int, Path(ge=1, le=LARGEST_ROW)]

Form = dict[str, str]


def signed_in(request: Request) -> SignedIn:
    """Who is signed in.

    Raises:
        SignedOut: nobody is.
    """
    token = request.cookies.get(COOKIE, "")
    found = sign_in.resume(token, clock.now(), BACKGROUND_HEADER not in request.headers) if token else None
    if found is None:
        raise SignedOut
    return found


def _with_role(*roles: str) -> Callable[[SignedIn], SignedIn]:
    def check(who: Annotated[SignedIn, Depends(signed_in)]) -> SignedIn:
        if who.account.role not in roles:
            raise Refusal(
                403, f"这一页只给{'、'.join(ROLES[role] for role in roles)}看，您是{ROLES[who.account.role]}。"
            )
        return who

    return check


async def fields(request: Request) -> Form:
    """The fields of a posted form; of a field that comes twice, the last.

    Raises:
        Refusal: it is larger than any form of ours, or is none.
    """
    body = await _body(request, LARGEST_FORM, "内容太多了，请写短一些。")
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Refusal(400, "表单读不了，请刷新页面再试。") from None


def posted(
    request: Request,
    who: Annotated[SignedIn, Depends(signed_in)],
    form: Annotated[Form, Depends(fields)],
) -> Form:
    """The fields of a form that one of this session's own pages sent.

    Raises:
        Refusal: its token is not the session's.
    """
    _must_be_ours(request.headers.get(CSRF_HEADER) or form.get(CSRF_FIELD, ""), who)
    return form


async def sheet(request: Request, who: Annotated[SignedIn, Depends(signed_in)]) -> bytes:
    """A file that one of this session's own pages sent, as the body itself.

    Raises:
        Refusal: its token is not the session's, or it is larger than any register that is typed up.
    """
    _must_be_ours(request.headers.get(CSRF_HEADER, ""), who)
    return await _body(request, LARGEST_SHEET, f"文件太大了，最多{LARGEST_SHEET // 2**20}MB，请分成几个文件再导入。")


def _must_be_ours(token: str, who: SignedIn) -> None:
    if not hmac.compare_digest(token.encode("utf-8", "replace"), who.csrf.encode()):
        raise Refusal(403, "这一页过期了，请刷新以后再提交。")


async def _body(request: Request, largest: int, too_large: str) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise Refusal(413, too_large)
    return bytes(body)


def address(request: Request) -> str:
    """A digest of where a request came from."""
    return privacy.digest("address", request.client.host if request.client else "")


Anybody = Annotated[SignedIn, Depends(signed_in)]
Clerk = Annotated[SignedIn, Depends(_with_role(CLERK, ADMIN))]
Reader = Annotated[SignedIn, Depends(_with_role(CLERK, ADMIN, STATISTICS))]
Statistics = Annotated[SignedIn, Depends(_with_role(STATISTICS, ADMIN))]
Admin = Annotated[SignedIn, Depends(_with_role(ADMIN))]
Posted = Annotated[Form, Depends(posted)]
Sheet = Annotated[bytes, Depends(sheet)]
