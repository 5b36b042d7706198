"""The proof: whatever happened, every cell is what a second, slow counting says."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from bot.campaign.load import load
from bot.records import database
from bot.report import curves, table
from tests.report.random_history import DAYS, EVENTS, Both, empty
from tests.report.slow_count import count

PACK = load("yuzhong-2022")
#: PROOF_EXAMPLES=2000 looks longer, at other histories each time, and makes what it finds as short as it can.
LONGER = os.environ.get("PROOF_EXAMPLES")
#: Enough to find any rule broken on purpose.
EXAMPLES = int(LONGER or 40)
STARTS = st.sampled_from([None, date(2022, 1, 15), date(2022, 1, 21)])
PREPARED = st.sampled_from([None, date(2022, 1, 10), date(2022, 1, 20)])


@given(
    events=st.lists(EVENTS, min_size=20, max_size=40),
    people=st.integers(2, 4),
    as_of=st.sampled_from([None, *DAYS]),
    start=STARTS,
    prepared=PREPARED,
)
@example_settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=LONGER is None,
    phases=list(Phase) if LONGER else [Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_cell_is_what_the_slow_counting_says(
    records: Path,
    events: list[tuple[Any, ...]],
    people: int,
    as_of: date | None,
    start: date | None,
    prepared: date | None,
) -> None:
    empty()
    both = Both(records)
    for _ in range(people):
        both.happen(("person", None, None))
    for event in events:
        both.happen(event)
    pack = PACK.copy(update={"actual_start": start, "preparation_start": prepared})
    today = date(2022, 12, 31)
    first = min(PACK.period.start, start or PACK.period.start)
    expected = count(both.history, first, min(first, prepared or first), PACK.period.end, as_of or today)
    with database.reading() as session:
        built = table.build(session, pack, today, as_of=as_of)
        found: dict[int, dict[str, int]] = {}
        for row in built.rows:
            for number, cell in enumerate(row.cells, 1):
                if not cell.number:
                    continue
                found.setdefault(number, {})[row.unit] = cell.number
                behind = list(cell.records())
                assert len({one.person for one in behind if one.person is not None}) == cell.persons
                assert sum(one.quantity for one in behind if one.person is None) == cell.unnamed
                assert {one.row for one in behind} <= {row.unit}
        assert found == expected
        sums = [sum(column) for column in zip(*(row.numbers for row in built.rows), strict=True)]
        assert built.total.numbers == sums
        assert all(cell.persons == len(_people(cell)) for cell in built.total.cells if cell.number)
        scope = table.scope_of(pack, today, as_of)
        for column, cell in zip(built.definition.columns, built.total.cells, strict=True):
            days = curves.daily(session, scope, column)
            assert (days[-1].total if days else 0) == cell.number
        busiest = max(built.rows, key=lambda row: sum(row.numbers))
        alone = table.build(session, pack, today, unit=busiest.unit, as_of=as_of)
        assert alone.total.numbers == busiest.numbers


def _people(cell: table.Cell) -> set[int]:
    return {one.person for one in cell.records() if one.person is not None}
