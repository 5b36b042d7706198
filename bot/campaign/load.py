"""Finding and reading packs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot import settings, yamlfile
from bot.campaign.model import Pack
from bot.errors import UserError

CAMPAIGNS = settings.ROOT / "data" / "campaigns"


def pack_ids() -> list[str]:
    """The ids of all packs: the names of the files in data/campaigns."""
    return sorted(path.stem for path in CAMPAIGNS.glob("*.yml"))


def path_of(campaign: str) -> Path:
    """The file of a pack.

    Raises:
        UserError: there is no such pack.
    """
    if campaign not in pack_ids():
        raise UserError(f"没有 {campaign} 这个活动；data/campaigns 里有：{'、'.join(pack_ids()) or '（空）'}")
    return CAMPAIGNS / f"{campaign}.yml"


@lru_cache(maxsize=8)
def load(campaign: str) -> Pack:
    """The pack of a campaign, read once.

    Raises:
        UserError: there is no such pack, or it does not fit the model.
    """
    return yamlfile.parse(Pack, path_of(campaign))


def current() -> Pack:
    """The pack of the campaign named by the setting CAMPAIGN."""
    return load(settings.get().campaign)
