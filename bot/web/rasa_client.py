"""Asking Rasa over its REST channel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from bot.reply import Button, Reply

#: A refused connection was heard by nobody and may be tried again; anything later may have been.
_REFUSED_AGAIN = Retry(connect=4, read=0, redirect=0, status=0, other=0, backoff_factor=0.25, allowed_methods=None)


class NoAnswer(Exception):
    """Rasa gave no answer: it is down, slow, or its action server is."""


class RasaClient:
    """A small client of `POST /webhooks/rest/webhook` (Rasa 3.6, "REST Channels").

    Args:
        url: where Rasa listens, without a path.
        timeout: seconds to wait for an answer.
    """

    def __init__(self, url: str, timeout: float) -> None:
        self._url = url.rstrip("/")
        self._timeout = timeout
        self._http = loopback_session()
        self._http.mount("http://", HTTPAdapter(max_retries=_REFUSED_AGAIN, pool_maxsize=40))

    def ask(
        self,
        conversation_id: str,
        text: str,
        channel: str,
        message_id: int | None,
        received_at: datetime,
        idle_seconds: float = 0.0,
        address: str | None = None,
    ) -> list[Reply]:
        """Send a message and wait for the replies.

        Args:
            conversation_id: Rasa's sender.
            text: the message, or a payload that begins with `/`.
            channel: web, hotline, …; actions choose their wording by it.
            message_id: our row of the message, for the records; None leaves no record.
            received_at: when it was received, for the records.
            idle_seconds: how long the person had been silent before.
            address: a digest of the sender's address, against guessing; None where there is none.

        Raises:
            NoAnswer: there was no answer in time, an error, or none at all: Rasa answers an empty
                list when its action server is down.
        """
        body = {
            "sender": conversation_id,
            "message": text,
            "input_channel": channel,
            "metadata": {
                "message_id": message_id,
                "received_at": received_at.isoformat(),
                "idle_seconds": idle_seconds,
                "address": address,
            },
        }
        try:
            answer = self._http.post(f"{self._url}/webhooks/rest/webhook", json=body, timeout=self._timeout)
            answer.raise_for_status()
            replies = _replies(answer.json())
        except (requests.RequestException, ValueError, TypeError, AttributeError, KeyError) as error:
            raise NoAnswer(type(error).__name__) from error
        if not replies:
            raise NoAnswer("empty answer")
        return replies

    def is_up(self) -> bool:
        """Whether Rasa answers at all."""
        return _answers(self._http, f"{self._url}/")


def action_server_is_up(url: str) -> bool:
    """Whether the action server behind the webhook address `url` answers."""
    return _answers(loopback_session(), url.rsplit("/", 1)[0] + "/health")


def loopback_session() -> requests.Session:
    """A session for our own processes: a proxy of the environment is not for them."""
    session = requests.Session()
    session.trust_env = False
    return session


def _answers(http: requests.Session, url: str) -> bool:
    try:
        return http.get(url, timeout=3).ok
    except requests.RequestException:
        return False


def _replies(items: list[dict[str, Any]]) -> list[Reply]:
    """Rasa's items as replies; what stands beside a text comes as an item of its own behind it."""
    replies: list[Reply] = []
    for item in items:
        if "text" in item:
            buttons = [Button(button["title"], button["payload"]) for button in item.get("buttons") or []]
            replies.append(Reply(item["text"], buttons))
        beside = item.get("custom") or {}
        if beside and replies:
            replies[-1] = replies[-1].with_beside(beside)
    return replies
