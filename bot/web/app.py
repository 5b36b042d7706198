"""The FastAPI application of the front door."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from bot import settings
from bot.records import database
from bot.web import chat_api, embed, events, feedback_api, page, privacy_page, security, staff
from bot.web.assets import Assets
from bot.web.exchange import Exchange
from bot.web.live import LiveLines
from bot.web.rasa_client import RasaClient, action_server_is_up
from bot.web.rate_limit import RateLimit

_STATIC = settings.ROOT / "bot" / "web" / "static"
_WORTH_PACKING_BYTES = 500


def create_app() -> FastAPI:
    """Build the application from the settings of this process."""
    current = settings.get()
    app = FastAPI(title="春风行动小助手", docs_url=None, redoc_url=None, openapi_url=None)
    assets = Assets(_STATIC)
    assets.mount(app)
    app.state.assets = assets
    app.state.rasa = RasaClient(current.rasa_url, current.rasa_timeout)
    app.state.exchange = Exchange(app.state.rasa, current.max_text)
    app.state.rate_limit = RateLimit(current.session_per_minute, current.address_per_minute)
    app.state.live = LiveLines()
    app.state.templates = page.templates(assets)
    for part in (page, chat_api, events, feedback_api, embed, privacy_page):
        app.include_router(part.router)
    staff.install(app)
    app.add_middleware(security.Guard, added=security.headers(current.embed_origins), failed=staff.refusals.failed)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING_BYTES)
    app.add_exception_handler(HTTPException, staff.refusals.unknown)

    @app.get("/healthz")
    def health(request: Request) -> JSONResponse:
        """Whether the database, Rasa and the action server answer: 200, else 503."""
        parts = {
            "database": _database_answers(),
            "rasa": request.app.state.rasa.is_up(),
            "actions": action_server_is_up(current.actions_url),
        }
        content: dict[str, Any] = {name: "ok" if good else "down" for name, good in parts.items()}
        is_well = all(parts.values())
        return JSONResponse({"status": "ok" if is_well else "down", **content}, 200 if is_well else 503)

    return app


def _database_answers() -> bool:
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1"))
        return True
    except SQLAlchemyError:
        return False
