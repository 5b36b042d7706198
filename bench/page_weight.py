"""What the first load of the chat page weighs over the wire: `python -m bench.page_weight`."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from fastapi.testclient import TestClient

#: The bound of the first load, all files as they are sent (gzip).
HEAVIEST_BYTES = 60 * 1024

_LOADED = re.compile(r'<(?:script|link|img|iframe)[^>]+?(?:src|href)="([^"]+)"')


def first_load(client: TestClient) -> dict[str, int]:
    """Each file of the first load → the bytes of its body as it is sent.

    Raises:
        ValueError: the page asks another host for something.
    """
    page = client.get("/")
    weights = {"/": _sent(client, "/")}
    for address in _LOADED.findall(page.text):
        if not address.startswith("/") or address.startswith("//"):
            raise ValueError(f"the page asks another host: {address}")
        weights[address] = _sent(client, address)
    return weights


def _sent(client: TestClient, address: str) -> int:
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        answer.raise_for_status()
        return sum(len(chunk) for chunk in answer.iter_raw())


def main() -> None:
    """Weigh the page of an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHUNFENG_DATA_DIR"] = folder
        from bot.records import migrate
        from bot.web.app import create_app

        migrate.upgrade()
        weights = first_load(TestClient(create_app()))
    for address, weight in weights.items():
        print(f"{weight:7,d}  {Path(address).name or '/'}")
    print(f"{sum(weights.values()):7,d}  of {HEAVIEST_BYTES:,d}")


if __name__ == "__main__":
    main()
