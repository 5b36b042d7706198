"""What the caller's words tell for the form: suggestions for fields that are still empty."""

from __future__ import annotations

from bot.campaign import load
from bot.grammar import names, phone, units, work


def suggest(text: str) -> dict[str, str]:
    """Field → value for what is said without doubt."""
    number = phone.parse(text)
    jobs, called = work.find(text), names.find(text)
    found = {
        "phone": phone.national(number) if number else None,
        "kind_of_work": jobs[0].value if len(jobs) == 1 else None,
        "unit": units.parse(text, load.current().unit_names),
        "name": called[0].value if len(called) == 1 else None,
    }
    return {field: value for field, value in found.items() if value}
