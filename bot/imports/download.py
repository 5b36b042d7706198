"""Fetching one sheet from the web, with limits on time and size."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from bot import settings
from bot.errors import UserError

_CHUNK = 1 << 16
_MEGABYTE = 1 << 20
_LONGEST_URL = 1000
_LONGEST_MARK = 200


@dataclass(frozen=True)
class Downloaded:
    """What a server said about the sheet it sent: its marks for asking again."""

    etag: str | None
    last_modified: str | None


def checked(url: str) -> str:
    """`url`, if it is one that is fetched.

    Raises:
        UserError: it is not http or https, or names no host.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST_URL:
        raise UserError("只能从 http 或 https 开头的网址导入，请检查网址")
    return url


def download(url: str, into: Path, etag: str | None = None, last_modified: str | None = None) -> Downloaded | None:
    """Fetch `url` into a file, unless the server says that it has not changed.

    Args:
        url: http or https; redirects to either are followed.
        into: the file to write.
        etag: what `Downloaded` said the last time.
        last_modified: likewise.

    Returns:
        None when nothing has changed.

    Raises:
        UserError: no connection, another status than 200 or 304, too slow, or too large.
    """
    current = settings.get()
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in asked.items() if value}
    deadline = time.monotonic() + current.import_timeout
    try:
        with requests.get(checked(url), headers=headers, timeout=current.import_timeout, stream=True) as response:
            if response.status_code == requests.codes.not_modified:
                return None
            if response.status_code != requests.codes.ok:
                raise UserError(f"网址返回 {response.status_code}，没有取到；原有的内容不变")
            _write(response, into, deadline, current.import_max_mb)
            return Downloaded(_mark(response, "ETag"), _mark(response, "Last-Modified"))
    except (requests.Timeout, ReadTimeoutError):
        raise _too_slow() from None
    except (requests.RequestException, HTTPError):
        raise UserError("网址连不上，没有取到；原有的内容不变") from None


def _mark(response: requests.Response, name: str) -> str | None:
    """A mark of the server; one that is too long to keep is as good as none."""
    mark = response.headers.get(name)
    return mark if mark and len(mark) <= _LONGEST_MARK else None


def _write(response: requests.Response, into: Path, deadline: float, max_mb: int) -> None:
    """Write the body as it comes.

    A server that sends a byte now and then never runs into the read time-out, and `iter_content` would
    wait for a whole chunk of such bytes; hence `read1`.
    """
    size = 0
    with into.open("wb") as file:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > max_mb * _MEGABYTE:
                raise UserError(f"文件超过 {max_mb} MB，没有导入；原有的内容不变")
            if time.monotonic() > deadline:
                raise _too_slow()
            file.write(chunk)


def _too_slow() -> UserError:
    return UserError(f"网址 {settings.get().import_timeout:g} 秒内没有传完，没有取到；原有的内容不变")
