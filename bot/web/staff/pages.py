"""Rendering staff pages, and answering posted forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from bot import clock, settings
from bot.grammar import phone, receipts
from bot.records.sign_in import SignedIn
from bot.records.staff import ADMIN, CLERK, ROLES, STATISTICS
from bot.web import demonstration
from bot.web.staff import refusals

#: Never kept by a browser or a proxy, and shown in no frame, also where the chat page may be.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}


@dataclass(frozen=True)
class Link:
    """An entry of the navigation: where to, what it says, what one does there, and who has it."""

    path: str
    title: str
    about: str
    roles: tuple[str, ...]


_CLERKS = (CLERK, ADMIN)
_READERS = (CLERK, ADMIN, STATISTICS)

NAVIGATION = (
    Link("/desk", "接电话", "热线：该说什么、来电人是谁、登记和记服务", _CLERKS),
    Link("/staff/queue", "排队", "要找人工的对话、求助、回电和待核实的招工", _CLERKS),
    Link("/staff/people", "人员", "按电话、姓名、回执号找人，改信息，合并", _CLERKS),
    Link("/staff/followups", "回访", "求职登记的人后来找到工作没有：一个一个打电话问", _CLERKS),
    Link("/staff/services", "服务", "服务台账（姓名、电话打码），导出；经办人员可以作废", _READERS),
    Link("/staff/activities", "活动", "发了多少资料、办了几场招聘会、培训、就业：记数、改错、导入", _READERS),
    Link("/staff/unanswered", "没答上的", "把没答上的问题答一次，所有人马上能用", _CLERKS),
    Link("/staff/report", "统计表", "统计表、核对、报送、曲线，导出", (STATISTICS, ADMIN)),
    Link("/staff/audit", "日志", "谁在什么时候看过、改过哪条记录", (ADMIN,)),
)


@lru_cache(maxsize=1)
def templates() -> Jinja2Templates:
    """The templates, with the filters that staff pages use."""
    made = Jinja2Templates(directory=str(settings.ROOT / "bot" / "web" / "templates"))
    made.env.filters["moment"] = moment
    made.env.filters["masked_phone"] = masked_phone
    made.env.filters["masked_name"] = masked_name
    made.env.filters["readable_phone"] = readable_phone
    made.env.filters["duration"] = duration
    made.env.filters["receipt"] = receipts.spaced
    return made


def page(request: Request, who: SignedIn, template: str, **values: Any) -> Response:
    """A page of who is signed in."""
    shown = {
        "me": who.account,
        "role": ROLES[who.account.role],
        "csrf": who.csrf,
        "navigation": [link for link in NAVIGATION if who.account.role in link.roles],
        **_on_every_page(request),
        **values,
    }
    return templates().TemplateResponse(request, template, shown, headers=_HEADERS)


def bare_page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page for nobody in particular."""
    shown = {**_on_every_page(request), **values}
    return templates().TemplateResponse(request, template, shown, status, headers=_HEADERS)


def done(request: Request, path: str) -> Response:
    """A form was taken: the browser goes to `path`, a page's script is told to."""
    if refusals.wants_page(request):
        return RedirectResponse(path, 303, headers=_HEADERS)
    return JSONResponse({"go": path}, headers=_HEADERS)


def data(content: Any, status: int = 200) -> JSONResponse:
    """An answer to a page's script."""
    return JSONResponse(content, status, headers=_HEADERS)


def file(content: bytes, name: str, media_type: str) -> Response:
    """A file to be kept by who asked for it."""
    return Response(content, headers=download_headers(name), media_type=media_type)


def download_headers(name: str) -> dict[str, str]:
    """The headers of a file that is to be kept under a name."""
    return {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}


def _on_every_page(request: Request) -> dict[str, Any]:
    now = clock.now()
    asset = request.app.state.assets.url
    return {"asset": asset, "demonstration": demonstration.line(), "now": now, "path": request.url.path}


def moment(when: datetime | None) -> str:
    """A moment in Beijing time, to the minute."""
    return f"{clock.in_beijing(when):%Y-%m-%d %H:%M}" if when else ""


def duration(time: timedelta | None) -> str:
    """How long something took, to the minute: `2小时5分`; — for what did not end."""
    if time is None:
        return "—"
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    return f"{hours}小时{minutes}分" if hours else f"{minutes}分"


def masked_name(name: str | None) -> str:
    """A name as lists show it: the first character only."""
    return f"{name[0]}{'*' * min(len(name) - 1, 2)}" if name else "没留姓名"


def masked_phone(number: str | None) -> str:
    """A number as lists show it; "" for none."""
    return phone.masked(number) if number else ""


def readable_phone(number: str | None) -> str:
    """A number as it is dialled in China, in groups."""
    if not number:
        return ""
    digits = phone.national(number)
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if len(digits) == 11 and digits[0] == "1" else digits
