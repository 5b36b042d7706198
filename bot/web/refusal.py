"""What cannot be taken: a status and a reason in Chinese, the same way everywhere."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

_REASONS = {404: "没有这个页面。"}


class Refusal(HTTPException):
    """A request that is not served.

    Args:
        status: the HTTP status.
        reason: why, to the person who asked.
        wait: seconds after which it may be asked again; None where that would not help.
    """

    def __init__(self, status: int, reason: str, wait: int | None = None) -> None:
        headers = None if wait is None else {"Retry-After": str(wait)}
        super().__init__(status, reason, headers)


async def answer(request: Request, error: Exception) -> JSONResponse:
    """A refusal, or an unknown page or method, as JSON with the reason in Chinese."""
    if isinstance(error, Refusal):
        return JSONResponse({"error": error.detail}, error.status_code, error.headers)
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"error": reason(status)}, status)


def reason(status: int) -> str:
    """What is said of a status that nobody gave a reason for."""
    return _REASONS.get(status, "这样用不了。")
