"""The sentences that are known beforehand, and their vectors in `data/vectors.npz`.

With that file a first training takes a minute instead of four, and a first start embeds nothing. What it lacks is
embedded when it is needed: after a few new examples nothing need be done, after many `make vectors`.
"""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.loading import load_data

from bot import embedding, settings, vectors
from bot.grammar.normal import even
from bot.knowledge import load


def known_sentences() -> list[str]:
    """The training examples and what is searched of the knowledge, made even, each once."""
    examples = [one.get(TEXT) for one in load_data(str(settings.ROOT / "data" / "nlu")).nlu_examples]
    entries = load.entries()
    texts = [*examples, *(text for entry in entries for text in entry.asked), *(entry.told for entry in entries)]
    return list(dict.fromkeys(even(text) for text in texts))


def write_vectors() -> tuple[int, int]:
    """Bring the file up to date: what nobody says any more goes, what is new stands at the end.

    Returns:
        How many sentences it holds, and how many of them are new.
    """
    sentences = {embedding.key(text): text for text in known_sentences()}
    kept = vectors.read(embedding.SHIPPED, embedding.DIMENSIONS).only(list(sentences))
    new = [key for key in sentences if key not in kept.rows]
    if new:
        kept = kept.plus(vectors.Kept.of(new, embedding.embed_all([sentences[key] for key in new])))
    vectors.write(embedding.SHIPPED, kept)
    return len(kept.rows), len(new)
