"""A server on a real socket that answers as Rasa's REST channel does, or as it fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Rasa(BaseHTTPRequestHandler):
    """Answers `answer` with `status` once `wait` is set; subclasses answer by what is asked."""

    answer: object = [{"text": "您好", "buttons": [{"title": "时间", "payload": "/ask_campaign_time"}]}]
    status = 200
    asked: list[dict[str, object]] = []
    wait = threading.Event()
    url = ""

    def answer_to(self, message: str) -> object:
        """What is answered to `message`."""
        return self.answer

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        asked = json.loads(self.rfile.read(length))
        type(self).asked.append(asked)
        self.wait.wait(10)
        content = json.dumps(self.answer_to(str(asked["message"]))).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(kind: type[Rasa] = Rasa) -> Iterator[type[Rasa]]:
    """A fresh handler class with its server; `url` is where it listens."""
    handler = type("Handler", (kind,), {"asked": [], "wait": threading.Event()})
    handler.wait.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    handler.url = f"http://127.0.0.1:{server.server_port}"
    yield handler
    handler.wait.set()
    server.shutdown()
    server.server_close()
