"""`/staff`: the way to where one's work is."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.web.staff import guard, pages

router = APIRouter()


@router.get("/staff")
def home(request: Request, who: guard.Anybody) -> Response:
    """What there is for this role."""
    return pages.page(request, who, "staff/home.html")
