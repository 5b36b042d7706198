"""The key, and what is made from it: encryption of fields and digests to find a person again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot import settings
from bot.errors import UserError

SHORTEST_SECRET = 16


def key_file() -> Path:
    """Where the key is kept when the setting SECRET_KEY does not hold it."""
    return settings.get().data_dir / "secret.key"


def has_key() -> bool:
    """Whether there is a key already."""
    return settings.get().secret_key is not None or key_file().is_file()


def make_key() -> None:
    """Make the key file with mode 600, unless there is one. Two processes may do this at once."""
    path = key_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@lru_cache(maxsize=1)
def _secret() -> bytes:
    given = settings.get().secret_key
    if given is not None:
        return _long_enough(given.get_secret_value().encode())
    if not key_file().is_file():
        raise UserError(
            f"缺密钥文件 {key_file()}；请从备份放回，或设置 CHUNFENG_SECRET_KEY；第一次使用请运行 python -m bot migrate"
        )
    return _long_enough(key_file().read_bytes().strip())


def _long_enough(secret: bytes) -> bytes:
    if len(secret) < SHORTEST_SECRET:
        raise UserError(f"密钥太短（至少{SHORTEST_SECRET}个字符）：请检查 CHUNFENG_SECRET_KEY 或 {key_file()}")
    return secret


def _derive(purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"chunfeng " + purpose).derive(_secret())


@lru_cache(maxsize=1)
def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(b"fields")))


@lru_cache(maxsize=1)
def _digest_key() -> bytes:
    return _derive(b"digests")


def encrypt(text: str) -> str:
    """`text` as it is kept at rest (Fernet: AES-128-CBC with HMAC-SHA-256)."""
    return _fernet().encrypt(text.encode("utf-8")).decode("ascii")


def decrypt(token: str) -> str:
    """The text behind `encrypt`.

    Raises:
        UserError: it was encrypted under another key.
    """
    try:
        return _fernet().decrypt(token.encode("ascii")).decode("utf-8")
    except InvalidToken:
        raise UserError("密钥和数据不配套：请放回原来的 secret.key 或 CHUNFENG_SECRET_KEY") from None


def digest(kind: str, value: str) -> str:
    """The keyed digest (HMAC-SHA-256, hex) by which a phone or a session is found again."""
    return hmac.new(_digest_key(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
