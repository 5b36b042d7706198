"""`/api/feedback` and `/api/rating`: was an answer of use, how was the talk. Contract: docs/http.md."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConstrainedInt, StrictBool

from bot import clock, settings
from bot.records import conversations, database, feedback
from bot.web import json_body, session_cookie
from bot.web.refusal import Refusal

router = APIRouter()


class _Row(ConstrainedInt):
    strict, ge, le = True, 1, 2**31 - 1


class _Stars(ConstrainedInt):
    strict, ge, le = True, feedback.FEWEST_STARS, feedback.MOST_STARS


class FeedbackIn(BaseModel):
    """有用 or 没用, said of one answer."""

    message: _Row
    useful: StrictBool

    class Config:
        extra = "forbid"


class RatingIn(BaseModel):
    """One to five stars for the talk."""

    stars: _Stars

    class Config:
        extra = "forbid"


@router.post("/api/feedback")
async def judge(request: Request) -> JSONResponse:
    """Keep whether an answer of this session was of use. Said again, the last word counts."""
    given = await json_body.read(request, FeedbackIn, {"": "请求里要有 message（回答的 id）和 useful（true/false）。"})
    token = session_cookie.token_of(request)
    request.app.state.rate_limit.check(request, token)
    await run_in_threadpool(_keep_vote, token, given)
    return _kept(request, token, given.dict())


@router.post("/api/rating")
async def rate(request: Request) -> JSONResponse:
    """Keep how the talk was. Said again, the last word counts."""
    given = await json_body.read(request, RatingIn, {"": "请求里要有 stars，1到5的整数。"})
    token = session_cookie.token_of(request)
    request.app.state.rate_limit.check(request, token)
    await run_in_threadpool(_keep_stars, token, given.stars)
    return _kept(request, token, given.dict())


def _keep_vote(token: str, given: FeedbackIn) -> None:
    with database.writing() as session:
        talk = conversations.find(session, token)
        campaign = settings.get().campaign
        if talk is None or not feedback.vote(session, talk, given.message, given.useful, campaign, clock.now()):
            raise Refusal(404, "没有这条回答。")


def _keep_stars(token: str, stars: int) -> None:
    with database.writing() as session:
        talk = conversations.find(session, token)
        if talk is None:
            raise Refusal(404, "还没有开始对话，先问一句再评。")
        feedback.rate(session, talk, stars, settings.get().campaign, clock.now())


def _kept(request: Request, token: str, content: dict[str, Any]) -> JSONResponse:
    return session_cookie.with_session(JSONResponse(content), request, token)
