"""Vectors of known sentences in a file, one byte a number: what was embedded once is not embedded again.

Two such files: `data/vectors.npz` comes with the project and holds the examples and the knowledge as they are there;
`models/vectors.npz` holds what this machine embedded besides. New vectors stand at the end of a file, so that git keeps
only what is new.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import UserError

Vectors = NDArray[np.float32]

_LARGEST = 127


@dataclass(frozen=True)
class Kept:
    """Vectors by key.

    Attributes:
        rows: key → its row in the other two.
        numbers: a row of whole numbers from -127 to 127 for each vector.
        scales: what 1 in such a row stands for.
    """

    rows: Mapping[str, int]
    numbers: NDArray[np.int8]
    scales: Vectors

    def __post_init__(self) -> None:
        """Refuse parts that would give a key another's vector."""
        if not len(self.rows) == len(self.numbers) == len(self.scales):
            raise ValueError("a key stands twice, or the parts do not belong together")

    @staticmethod
    def of(keys: Sequence[str], vectors: Vectors) -> Kept:
        """Vectors rounded as the file keeps them: within 1/254 of each one's largest number."""
        scales = (np.abs(vectors).max(axis=1, initial=1e-9) / _LARGEST).astype(np.float32)
        numbers = np.rint(vectors / scales[:, None]).astype(np.int8)
        return Kept({key: row for row, key in enumerate(keys)}, numbers, scales)

    def take(self, keys: Sequence[str]) -> Vectors:
        """The vectors of these keys, one row each; all must be there."""
        rows = [self.rows[key] for key in keys]
        vectors: Vectors = self.numbers[rows].astype(np.float32) * self.scales[rows][:, None]
        return vectors

    def only(self, keys: Sequence[str]) -> Kept:
        """Those of these keys that are there, in the order in which they stand here."""
        wanted = set(keys)
        left = [key for key in self.rows if key in wanted]
        rows = [self.rows[key] for key in left]
        return Kept({key: row for row, key in enumerate(left)}, self.numbers[rows], self.scales[rows])

    def plus(self, more: Kept) -> Kept:
        """These, and behind them others with other keys."""
        return Kept(
            {key: row for row, key in enumerate([*self.rows, *more.rows])},
            np.vstack([self.numbers, more.numbers]),
            np.concatenate([self.scales, more.scales]),
        )


def read(path: Path, dimensions: int) -> Kept:
    """The vectors of a file; none where there is no file.

    Raises:
        UserError: the file cannot be read or is damaged; with the cure.
    """
    if not path.is_file():
        return Kept({}, np.empty((0, dimensions), np.int8), np.empty(0, np.float32))
    try:
        with np.load(path) as kept:
            keys, numbers, scales = kept["keys"].astype(str).tolist(), kept["numbers"], kept["scales"]
        if numbers.dtype != np.int8 or numbers.shape != (len(keys), dimensions):
            raise ValueError("other numbers than it should hold")
        return Kept({key: row for row, key in enumerate(keys)}, numbers, scales)
    except PermissionError:
        raise UserError(f"{path} 不让读：请给运行程序的用户读它的权限") from None
    except Exception as error:  # a damaged zip file fails in a dozen ways, none of them documented
        raise UserError(
            f"{path} 坏了（{error}）：删掉它再运行一次，句子会重新算；data/vectors.npz 也可以用 git checkout 取回"
        ) from None


def write(path: Path, kept: Kept) -> None:
    """Replace a file in one step: another process may be reading it. Of two that write at once, the later one stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part.npz")
    np.savez(draft, keys=np.array(list(kept.rows), dtype="S"), numbers=kept.numbers, scales=kept.scales)
    draft.replace(path)
