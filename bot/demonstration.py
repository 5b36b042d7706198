"""What a demonstration begins with: the made-up posts, courses and fairs of data/samples."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot import settings
from bot.imports.registers import REGISTERS
from bot.records import database
from bot.records.openings import JobPost

SAMPLES = settings.ROOT / "data" / "samples"
#: The campaign whose streets and days the samples have; under another one they would be wrong answers.
CAMPAIGN = "yuzhong-2022"


def load_samples(campaign: str, at: datetime) -> None:
    """Import the samples into a demonstration's database that has none yet; they are invented, and say so.

    Args:
        campaign: the campaign of the demonstration; only the samples' own gets them.
        at: the moment of the import.
    """
    if campaign != CAMPAIGN:
        return
    with database.reading() as session:
        if session.execute(select(JobPost.id).limit(1)).first() is not None:
            return
    for kind, register in REGISTERS.items():
        register.import_file(SAMPLES / f"{kind}.csv", campaign, at)
