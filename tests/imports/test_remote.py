"""Sheets on the web: what has not changed is not read again, and no error takes good rows away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import clock
from bot.errors import UserError
from bot.imports import remote
from bot.imports.outcome import Outcome
from bot.imports.remote import Fetched
from bot.records import database
from bot.records.openings import ImportSource, JobPost

NOW = clock.in_beijing(datetime(2022, 2, 15, 9))
HOUR = timedelta(hours=1)
CAMPAIGN = "yuzhong-2022"
HEADINGS = "单位名称,岗位名称\n"


class Shop(ThreadingHTTPServer):
    """A server whose one page the test changes. It answers 304 to whoever has the present version."""

    daemon_threads = True
    body = f"{HEADINGS}示例公司,保安\n示例公司,保洁\n".encode()
    etag = '"1"'
    modified = "Tue, 15 Feb 2022 01:00:00 GMT"
    status = 200
    drip = 0.0
    length = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.asked: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/posts.csv"

    def offer(self, text: str, etag: str) -> None:
        self.body, self.etag = text.encode(), etag


class Page(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        self.server.asked.append(dict(self.headers))
        status = 304 if self.headers.get("If-None-Match") == self.server.etag else self.server.status
        self.send_response(status)
        self.send_header("ETag", self.server.etag)
        self.send_header("Last-Modified", self.server.modified)
        if self.server.length:
            self.send_header("Content-Length", str(self.server.length))
        self.end_headers()
        if status == 304:
            return
        for byte in [self.server.body] if not self.server.drip else [bytes([one]) for one in self.server.body]:
            time.sleep(self.server.drip)
            try:
                self.wfile.write(byte)
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def shop() -> Iterator[Shop]:
    server = Shop()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def added(url: str, every: int | None = 60) -> int:
    with database.writing() as session:
        return remote.add_source(session, "posts", url, every, CAMPAIGN)


def source_of(source_id: int) -> ImportSource:
    with database.reading() as session:
        return session.get(ImportSource, source_id)


def on_offer() -> list[str]:
    with database.reading() as session:
        rows = session.execute(select(JobPost).where(JobPost.gone_at.is_(None)).order_by(JobPost.id)).scalars()
        return [post.title for post in rows]


def test_a_sheet_is_taken_and_not_read_again_until_it_changes(records: Path, shop: Shop) -> None:
    source = added(shop.url)
    assert remote.fetch_due(NOW) == [Fetched(source, Outcome(taken=2))]
    assert remote.last_good_copy(source_of(source)).read_bytes() == shop.body
    assert remote.fetch_due(NOW + HOUR / 2) == []
    assert remote.fetch_due(NOW + HOUR) == [Fetched(source, None)]
    assert "If-None-Match" not in shop.asked[0]
    assert shop.asked[1]["If-None-Match"] == '"1"'
    assert shop.asked[1]["If-Modified-Since"] == shop.modified
    kept = source_of(source)
    assert (kept.fetched_at, kept.last_good_at, kept.last_error) == (NOW + HOUR, NOW, None)


def test_what_a_sheet_no_longer_lists_is_gone_until_it_is_back(records: Path, shop: Shop) -> None:
    source = added(shop.url)
    remote.fetch(source, NOW)
    shop.offer(f"{HEADINGS}示例公司,保安\n示例公司,厨师\n", '"2"')
    assert remote.fetch(source, NOW + HOUR) == Fetched(source, Outcome(taken=1, present=1, gone=1))
    assert on_offer() == ["保安", "厨师"]
    shop.offer(f"{HEADINGS}示例公司,保安\n示例公司,保洁\n", '"3"')
    assert remote.fetch(source, NOW + 2 * HOUR) == Fetched(source, Outcome(changed=1, present=1, gone=1))
    assert on_offer() == ["保安", "保洁"]


def _fails(shop: Shop) -> None:
    shop.status, shop.etag = 500, '"2"'


def _breaks(shop: Shop) -> None:
    shop.offer("<html>维护中</html>", '"2"')


def _empties(shop: Shop) -> None:
    shop.offer(HEADINGS, '"2"')


def _rots(shop: Shop) -> None:
    shop.offer(f"{HEADINGS},保安\n", '"2"')


def _swells(shop: Shop) -> None:
    shop.offer(HEADINGS + "示例公司,司机\n" * 100_000, '"2"')


def _breaks_off(shop: Shop) -> None:
    shop.offer(f"{HEADINGS}示例公司,保安\n", '"2"')
    shop.length = 1000


def _drips(shop: Shop) -> None:
    shop.offer(HEADINGS * 100, '"2"')
    shop.drip = 0.2


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (_fails, "网址返回 500，没有取到；原有的内容不变"),
        (_breaks, "第1行的表头缺“单位名称”“岗位名称”，不认识“<html>维护中</html>”；可用的表头："),
        (_empties, "没有一行是对的，原有的内容不变。"),
        (_rots, "没有一行是对的，原有的内容不变。第2行：单位名称没有填"),
        (_swells, "文件超过 1 MB，没有导入；原有的内容不变"),
        (_breaks_off, "网址连不上，没有取到；原有的内容不变"),
        (_drips, "网址 1 秒内没有传完，没有取到；原有的内容不变"),
    ],
)
def test_an_error_keeps_the_last_good_rows_and_the_copy(
    records: Path, shop: Shop, use_settings: Callable[..., None], happens: Callable[[Shop], None], said: str
) -> None:
    use_settings(CHUNFENG_DATA_DIR=records, CHUNFENG_IMPORT_TIMEOUT=1, CHUNFENG_IMPORT_MAX_MB=1)
    source, good = added(shop.url), shop.body
    remote.fetch(source, NOW)
    happens(shop)
    started = time.monotonic()
    fetched = remote.fetch(source, NOW + HOUR)
    assert time.monotonic() - started < 10
    assert fetched.outcome is None
    assert fetched.error.startswith(said)
    assert on_offer() == ["保安", "保洁"]
    kept = source_of(source)
    assert remote.last_good_copy(kept).read_bytes() == good
    assert [path.name for path in (records / "imports").iterdir()] == [f"posts-{source}"]
    assert (kept.etag, kept.last_good_at, kept.fetched_at, kept.last_error) == ('"1"', NOW, NOW + HOUR, fetched.error)


def test_a_silent_server_is_given_up(records: Path, shop: Shop, use_settings: Callable[..., None]) -> None:
    use_settings(CHUNFENG_DATA_DIR=records, CHUNFENG_IMPORT_TIMEOUT="0.3")
    shop.drip = 5
    assert remote.fetch(added(shop.url), NOW).outcome is None
    assert on_offer() == []


def test_no_server_stops_no_other_source(records: Path, shop: Shop) -> None:
    nobody = added("http://127.0.0.1:9/posts.csv")
    somebody = added(shop.url)
    assert remote.fetch_due(NOW) == [
        Fetched(nobody, error="网址连不上，没有取到；原有的内容不变"),
        Fetched(somebody, Outcome(taken=2)),
    ]


def test_bad_rows_are_noted_beside_the_source_and_stay_noted(records: Path, shop: Shop) -> None:
    shop.offer(f"{HEADINGS}示例公司,保安\n,保洁\n", '"2"')
    source = added(shop.url)
    for moment in (NOW, NOW + HOUR):
        remote.fetch(source, moment)
        assert (source_of(source).bad_rows, source_of(source).last_error) == ("第3行：单位名称没有填", None)


def test_when_a_source_is_due() -> None:
    def due(every: int | None, fetched_at: datetime | None) -> bool:
        return remote.is_due(ImportSource(every_minutes=every, fetched_at=fetched_at), NOW)

    assert not due(None, None)
    assert due(60, None)
    assert due(60, NOW - HOUR)
    assert not due(60, NOW - HOUR / 2)
    assert due(60, NOW + HOUR), "the clock was set back"


@pytest.mark.parametrize("url", ["ftp://example.com/x.csv", "file:///etc/passwd", "http://", "posts.csv", "http://["])
def test_only_the_web_is_a_source(records: Path, url: str) -> None:
    with pytest.raises(UserError, match="只能从 http 或 https 开头的网址导入"):
        added(url)


def test_a_source_is_remembered_once(records: Path) -> None:
    url = "https://example.com/posts.csv"
    assert added(url, 60) == added(url, 30)
    assert source_of(1).every_minutes == 30
    with pytest.raises(UserError, match="至少 5 分钟"):
        added(url, 1)
    with database.writing() as session, pytest.raises(UserError, match="已登记为 yuzhong-2022 的 posts"):
        remote.add_source(session, "fairs", url, None, CAMPAIGN)
    with database.writing() as session, pytest.raises(UserError, match="没有 people 这种登记表"):
        remote.add_source(session, "people", url, None, CAMPAIGN)
