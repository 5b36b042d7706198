"""Vectors in files: kept, found again, thrown away when they are no longer right."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from bot import embedding, vectors
from bot.errors import UserError
from bot.known_sentences import known_sentences, write_vectors
from bot.vectors import Kept

#: So many sentences are embedded in a few seconds: more need `make vectors`.
MOST_MISSING = 400


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


@pytest.mark.parametrize("content", [b"", b"not a file of numbers", b"PK\x03\x04 cut off", b"\x93NUMPY\x01\x00 alone"])
def test_a_damaged_file_is_named_with_the_cure(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "v.npz").write_bytes(content)
    with pytest.raises(UserError, match=r"v\.npz 坏了.*删掉它再运行一次"):
        vectors.read(tmp_path / "v.npz", embedding.DIMENSIONS)


@pytest.mark.parametrize(
    ("keys", "numbers", "scales"),
    [
        (["a"], np.ones((1, 3), np.int8), np.ones(1, np.float32)),
        (["a"], np.ones((1, embedding.DIMENSIONS), np.float32), np.ones(1, np.float32)),
        (["a", "b"], np.ones((1, embedding.DIMENSIONS), np.int8), np.ones(1, np.float32)),
        (["a", "a"], np.ones((2, embedding.DIMENSIONS), np.int8), np.ones(2, np.float32)),
        (["a"], np.ones((1, embedding.DIMENSIONS), np.int8), np.ones(2, np.float32)),
    ],
    ids=["dimensions", "numbers", "missing", "twice", "scales"],
)
def test_parts_that_do_not_belong_together_are_refused(
    keys: list[str], numbers: np.ndarray, scales: np.ndarray, tmp_path: Path
) -> None:
    np.savez(tmp_path / "v.npz", keys=np.array(keys, dtype="S"), numbers=numbers, scales=scales)
    with pytest.raises(UserError, match="坏了"):
        vectors.read(tmp_path / "v.npz", embedding.DIMENSIONS)


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        Kept.of(["a"], some(1)).plus(Kept.of(["a"], some(1)))


def test_the_file_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(embedding, "SHIPPED", tmp_path / "v.npz")
    monkeypatch.setattr(embedding.embed_all, "__defaults__", (tmp_path / "cache.npz",))
    said = ["招聘会在哪", "老板不发工资"]
    monkeypatch.setattr("bot.known_sentences.known_sentences", lambda: said)
    assert write_vectors() == (2, 2)
    said[:] = ["摔了腿", "老板不发工资"]
    assert write_vectors() == (2, 1)
    assert list(vectors.read(tmp_path / "v.npz", embedding.DIMENSIONS).rows) == [
        embedding.key("老板不发工资"),
        embedding.key("摔了腿"),
    ]


def test_what_ships_is_what_the_model_makes() -> None:
    """The file is up to date but for a few sentences, and holds no other numbers than the model's."""
    sentences = known_sentences()
    shipped = vectors.read(embedding.SHIPPED, embedding.DIMENSIONS)
    lacking = [text for text in sentences if embedding.key(text) not in shipped.rows]
    assert len(lacking) <= MOST_MISSING, f"{len(lacking)} 句没有句向量：运行 make vectors"
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
    embedding._engine.cache_clear()
    monkeypatch.setattr(embedding, "version", lambda package: "1000.0")
    assert embedding.key("招聘会什么时候开") != before
    embedding._engine.cache_clear()


@pytest.mark.parametrize("name", ["CACHE", "SHIPPED"])
def test_a_start_finds_a_damaged_file(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vectors.npz").write_bytes(b"damaged")
    monkeypatch.setattr(embedding, name, tmp_path / "vectors.npz")
    with pytest.raises(UserError, match=r"vectors\.npz 坏了"):
        embedding.must_work()
