"""`/embed.js`: the one script tag that puts the chat on another site (docs/embed.md)."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from bot import settings
from bot.web.refusal import Refusal

_FILE = settings.ROOT / "bot" / "web" / "static" / "embed.js"

router = APIRouter()


@router.get("/embed.js")
def script() -> Response:
    """The script, as long as some site may use it: its address is fixed, so browsers ask for a newer one."""
    if not settings.get().embed_origins:
        raise Refusal(404, "没有设置可以嵌入的网站。")
    headers = {"Cache-Control": "no-cache", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(_FILE, media_type="text/javascript", headers=headers)
