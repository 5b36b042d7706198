"""Reading a JSON body that anybody may have sent: small, of the right form, or refused with a reason."""

from __future__ import annotations

import json
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from bot.web.refusal import Refusal

LARGEST_BODY = 128 * 1024

Model = TypeVar("Model", bound=BaseModel)


async def read(request: Request, model: type[Model], reasons: dict[str, str]) -> Model:
    """The body as `model`.

    Args:
        request: the request.
        model: what the body must be.
        reasons: what is said of each field that is wrong; under "" of the whole.

    Raises:
        Refusal: too large, no JSON, or not of this form.
    """
    body = await raw(request)
    try:
        return model.parse_obj(json.loads(body))
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise Refusal(422, reasons.get(field, reasons[""])) from None
    except (ValueError, RecursionError):
        raise Refusal(400, "请求不是正确的 JSON（UTF-8）。") from None


async def raw(request: Request) -> bytes:
    """The body, given up as soon as it is larger than is read.

    Raises:
        Refusal: it is larger than LARGEST_BODY.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Refusal(413, "内容太大了，请分几次发。")
    return body
