"""Vectors in files: kept, found again, thrown away when they are no longer right."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from bot import embedding, vectors
from bot.errors import UserError
from bot.known_sentences import known_sentences
from bot.vectors import Kept

#: So many sentences are embedded in a few seconds: more need `make vectors`.
NOT_WORTH_A_WORD = 400


def some(count: int, start: int = 0) -> vectors.Vectors:
    return np.random.default_rng(start).normal(size=(count, embedding.DIMENSIONS)).astype(np.float32)


def test_a_vector_is_kept_within_half_a_step(tmp_path: Path) -> None:
    made = some(3)
    vectors.write(tmp_path / "v.npz", Kept.of(["a", "b", "c"], made))
    taken = vectors.read(tmp_path / "v.npz", embedding.DIMENSIONS).take(["c", "a"])
    step = np.abs(made).max(axis=1)[[2, 0]] / 127
    assert np.all(np.abs(taken - made[[2, 0]]) <= step[:, None] / 2 + 1e-6)


def test_a_vector_of_nothing_stays_one() -> None:
    assert not Kept.of(["a"], np.zeros((1, embedding.DIMENSIONS), np.float32)).take(["a"]).any()


def test_new_ones_stand_at_the_end_and_old_ones_keep_their_order() -> None:
    kept = Kept.of(["a", "b", "c"], some(3)).only(["c", "a", "unknown"]).plus(Kept.of(["d"], some(1, 1)))
    assert list(kept.rows) == ["a", "c", "d"]
    assert np.array_equal(kept.take(["a", "d"]), np.vstack([Kept.of(["a"], some(3)[:1]).take(["a"]), kept.take(["d"])]))


def test_where_no_file_is_nothing_is_kept(tmp_path: Path) -> None:
    assert not vectors.read(tmp_path / "none.npz", embedding.DIMENSIONS).rows


@pytest.mark.parametrize("content", [b"", b"not a file of numbers", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_named_with_the_cure(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "v.npz").write_bytes(content)
    with pytest.raises(UserError, match=r"v\.npz 坏了.*删掉它再运行一次"):
        vectors.read(tmp_path / "v.npz", embedding.DIMENSIONS)


def test_a_file_of_other_dimensions_is_refused(tmp_path: Path) -> None:
    vectors.write(tmp_path / "v.npz", Kept.of(["a"], np.ones((1, 3), np.float32)))
    with pytest.raises(UserError, match="坏了"):
        vectors.read(tmp_path / "v.npz", embedding.DIMENSIONS)


def test_what_ships_is_what_the_model_makes() -> None:
    """The file is up to date but for a few sentences, and holds no other numbers than the model's."""
    sentences = known_sentences()
    shipped = vectors.read(embedding.SHIPPED, embedding.DIMENSIONS)
    lacking = [text for text in sentences if embedding.key(text) not in shipped.rows]
    assert len(lacking) <= NOT_WORTH_A_WORD, f"{len(lacking)} 句没有句向量：运行 make vectors"
    sample = [text for text in sentences if embedding.key(text) in shipped.rows][:: len(sentences) // 25]
    fresh = np.vstack([embedding.embed(text) for text in sample])
    kept = shipped.take([embedding.key(text) for text in sample])
    assert np.min(np.sum(fresh * kept, axis=1)) > 0.999


def test_known_sentences_are_not_embedded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shipped = vectors.read(embedding.SHIPPED, embedding.DIMENSIONS)
    known = [text for text in known_sentences() if embedding.key(text) in shipped.rows][:3]
    monkeypatch.setattr(embedding, "_embed_new", Mock(side_effect=AssertionError("embedded again")))
    assert embedding.embed_all(known, tmp_path / "v.npz").shape == (3, embedding.DIMENSIONS)
    assert not (tmp_path / "v.npz").exists()


def test_another_version_of_the_model_makes_all_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = embedding.key("招聘会什么时候开")
    monkeypatch.setattr(embedding, "_engine", lambda: "another model 1.0")
    assert embedding.key("招聘会什么时候开") != before


def test_a_start_finds_a_damaged_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vectors.npz").write_bytes(b"damaged")
    monkeypatch.setattr(embedding, "CACHE", tmp_path / "vectors.npz")
    with pytest.raises(UserError, match=r"vectors\.npz 坏了"):
        embedding.must_work()
