"""What all parts of a pack, and of the other files that clerks edit, share."""

from __future__ import annotations

from pydantic import BaseModel


class Part(BaseModel):
    """Any part of a pack: a key that the pack does not know is an error."""

    class Config:
        extra = "forbid"
        allow_mutation = False


class Source(Part):
    """Where a fact stands in the notice: the clause and its very words."""

    clause: str
    quote: str
