"""`/privacy`: what is kept, why, who sees it, how to withdraw; the words stand in data/knowledge/privacy.yml."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates

from bot import settings
from bot.campaign import load
from bot.knowledge import privacy

router = APIRouter()
_templates = Jinja2Templates(directory=str(settings.ROOT / "bot" / "web" / "templates"))


@router.get("/privacy")
def page(request: Request) -> Response:
    """The privacy page."""
    return _templates.TemplateResponse(request, "privacy.html", {"pack": load.current(), "privacy": privacy.text()})
