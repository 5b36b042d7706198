"""Career guidance in a few sentences, from data/knowledge/guidance.yml."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.matching.families import families_of
from bot.matching.wish import Wish


class _Guidance(Part):
    general: list[str] = Field(min_items=1)
    families: dict[str, str]


@lru_cache(maxsize=1)
def _guidance() -> _Guidance:
    return yamlfile.parse(_Guidance, settings.ROOT / "data" / "knowledge" / "guidance.yml")


def advice(wish: Wish) -> str:
    """What somebody looking for this work should ask and know: a line for the work, then those for everybody."""
    written = _guidance()
    own = [written.families[name] for name in families_of(wish.kinds) if name in written.families]
    return "\n".join([*own[:1], *written.general])
