"""What a demonstration begins with: the made-up posts, courses and fairs of data/samples."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot import settings
from bot.imports.registers import REGISTERS
from bot.records import database
from bot.records.openings import JobPost

SAMPLES = settings.ROOT / "data" / "samples"


def load_samples(campaign: str, at: datetime) -> None:
    """Import the samples into a demonstration's database that has none yet; they are invented, and say so."""
    with database.reading() as session:
        if session.execute(select(JobPost.id).limit(1)).first() is not None:
            return
    for kind, register in REGISTERS.items():
        register.import_file(SAMPLES / f"{kind}.csv", campaign, at)
