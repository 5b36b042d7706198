"""A small client of the district's platform (docs/platform.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

import requests
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict

from bot import settings

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 20.0

#: 4xx answers that are not about the message: our key, the moment, the pace. All others will never be taken.
_TRY_AGAIN = {401, 403, 408, 425, 429}
_KNOWN_ALREADY = 409


class Verdict(Enum):
    """What became of a message."""

    DELIVERED = "delivered"
    TRY_AGAIN = "try again"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """The platform's answer.

    Attributes:
        verdict: what became of the message.
        said: the status, or the name of what went wrong; nothing that was sent.
        wait: how long the platform asked to be left alone (Retry-After), if it did.
    """

    verdict: Verdict
    said: str
    wait: timedelta | None = None


class Platform:
    """Sends JSON to one address.

    Args:
        url: the address; https, or this machine's own (bot.settings sees to it).
        key: what the platform knows us by.
        timeout: seconds to wait for a connection, and for an answer.
    """

    def __init__(self, url: str, key: str, timeout: tuple[float, float] = (CONNECT_SECONDS, ANSWER_SECONDS)) -> None:
        self._url = url
        self._timeout = timeout
        self._http = requests.Session()
        self._http.auth = _Bearer(key)
        self._http.trust_env = not settings.is_loopback(url)

    def send(self, idempotency_key: str, body: dict[str, object]) -> Outcome:
        """Send one message. Neither redirects nor the answer's body are read: the status says all.

        Args:
            idempotency_key: by which the platform knows a message that is sent again.
            body: the message.
        """
        headers = {"Idempotency-Key": idempotency_key}
        try:
            with self._http.post(
                self._url, json=body, headers=headers, timeout=self._timeout, allow_redirects=False, stream=True
            ) as answer:
                return _outcome(answer.status_code, answer.headers)
        except requests.RequestException as error:
            return Outcome(Verdict.TRY_AGAIN, type(error).__name__)


class _Bearer(AuthBase):
    """Given as `auth`, so that a netrc file of the environment cannot replace the key."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._key}"
        return request


def _outcome(status: int, headers: CaseInsensitiveDict[str]) -> Outcome:
    said = f"HTTP {status}"
    if 200 <= status < 300 or status == _KNOWN_ALREADY:
        return Outcome(Verdict.DELIVERED, said)
    if 400 <= status < 500 and status not in _TRY_AGAIN:
        return Outcome(Verdict.REFUSED, said)
    return Outcome(Verdict.TRY_AGAIN, said, _wait(headers))


def _wait(headers: CaseInsensitiveDict[str]) -> timedelta | None:
    """Retry-After in seconds, or as a date, then measured from the platform's own Date (RFC 9110, 10.2.3)."""
    asked = headers.get("Retry-After", "")
    try:
        if asked.isascii() and asked.isdigit():
            return timedelta(seconds=int(asked))
        return max(parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", "")), timedelta(0))
    except (ValueError, TypeError, OverflowError):
        return None
