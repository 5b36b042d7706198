"""A server on a real socket that answers as Rasa's REST channel does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Rasa:
    """Answers by the text it is asked; anything else gets a greeting."""

    def __init__(self) -> None:
        self.answers: dict[str, list[dict[str, object]]] = {}
        self.asked: list[dict[str, object]] = []
        self.url = ""

    def takes(self, text: str, intent: str, said: str, payloads: tuple[str, ...] = ()) -> None:
        """Let the engine tell what it took a text for, and say what it would in a chat."""
        buttons = [{"title": payload, "payload": payload} for payload in payloads]
        self.answers[text] = [{"text": said, "buttons": buttons}, {"custom": {"intent": intent}}]

    def opens(self, text: str, intent: str, form: str) -> None:
        """Let a text open a form of the chat: its first question is that for consent."""
        agree = {"title": "同意，开始登记", "payload": '/inform{"consent": "yes"}'}
        question = {"text": "我给您登记，最多问6样。您同意吗？", "buttons": [agree]}
        self.answers[text] = [question, {"custom": {"intent": intent, "form": form}}]

    def reply(self, asked: dict[str, object]) -> list[dict[str, object]]:
        """What is answered to one request."""
        self.asked.append(asked)
        return self.answers.get(str(asked["message"]), [{"text": "您好，我是小助手"}])

    @contextmanager
    def running(self) -> Iterator[Rasa]:
        """Listen on a free port until the end of the block."""
        rasa = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = json.dumps(rasa.reply(json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
                self.send_response(200)
                self.send_header("Content-Length", str(len(content.encode())))
                self.end_headers()
                self.wfile.write(content.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
