"""The FastAPI application of the front door."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from bot import settings
from bot.campaign import load
from bot.records import database
from bot.web import chat_api, demonstration, privacy_page, staff
from bot.web.exchange import Exchange
from bot.web.rasa_client import RasaClient, action_server_is_up

log = logging.getLogger(__name__)

HERE = settings.ROOT / "bot" / "web"

#: Scripts, styles and connections from this host only, nothing inline (the page keeps to it).
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_app() -> FastAPI:
    """Build the application from the settings of this process."""
    current = settings.get()
    app = FastAPI(title="春风行动小助手", docs_url=None, redoc_url=None, openapi_url=None)
    rasa = RasaClient(current.rasa_url, current.rasa_timeout)
    app.state.rasa = rasa
    app.state.exchange = Exchange(rasa, current.max_text)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(chat_api.router)
    app.include_router(privacy_page.router)
    staff.install(app)
    app.middleware("http")(_with_security_headers)
    app.add_exception_handler(HTTPException, _refused)
    templates = Jinja2Templates(directory=str(HERE / "templates"))

    @app.get("/")
    def chat_page(request: Request) -> Response:
        """The chat page."""
        pack = load.current()
        shown = {"pack": pack, "demonstration": demonstration.line(), "longest": current.max_text}
        page = templates.TemplateResponse(request, "chat.html", shown)
        return chat_api.with_session(page, request, chat_api.session_token(request))

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


async def _refused(request: Request, error: Exception) -> JSONResponse:
    """An unknown page or method, said as everything else is."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"error": "没有这个页面。" if status == 404 else "这样用不了。"}, status)


async def _with_security_headers(request: Request, call_next: Any) -> Response:
    try:
        response: Response = await call_next(request)
    except Exception:  # the page gets a reason, the log the trace; neither shows a statement's parameters
        log.exception("%s %s", request.method, request.url.path)
        response = JSONResponse({"error": "系统出了点问题，请稍后再试。"}, 500)
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _database_answers() -> bool:
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1"))
        return True
    except SQLAlchemyError:
        return False
