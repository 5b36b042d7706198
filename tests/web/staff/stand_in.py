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
