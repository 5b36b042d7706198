"""`/privacy`: what is kept, why, who sees it, how to withdraw; the words stand in data/knowledge/privacy.yml."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.campaign import load
from bot.knowledge import privacy
from bot.web.page import is_large

router = APIRouter()


@router.get(privacy.PAGE)
def privacy_page(request: Request) -> Response:
    """The privacy page."""
    content = {"pack": load.current(), "privacy": privacy.text(), "large": is_large(request)}
    page: Response = request.app.state.templates.TemplateResponse(request, "privacy.html", content)
    return page
