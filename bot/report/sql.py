"""What the counting needs of SQL beyond SQLAlchemy, for PostgreSQL and SQLite."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bot.report.scope import TOTAL, UNASSIGNED, Scope

#: Characters of a moment as text.
MOMENT_WIDTH = 26


class MomentText(FunctionElement):
    """A moment as text of one width that sorts as the moments do."""

    type = String()
    inherit_cache = True
    name = "moment_text"


@compiles(MomentText)
def _moment_text(element: Any, compiler: Any, **options: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **options)}, 'YYYY-MM-DD HH24:MI:SS.US')"


@compiles(MomentText, "sqlite")
def _moment_text_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """SQLite keeps moments as such text already; other programs may leave the microseconds away."""
    return f"substr({compiler.process(element.clauses, **options)} || '.000000', 1, {MOMENT_WIDTH})"


class NotSearched(FunctionElement):
    """A column that no index is chosen for.

    SQLite would search the index by time and then look up every row, several times slower than reading on in
    the index that holds all there is to count; ANALYZE does not change its mind.
    """

    inherit_cache = True
    name = "not_searched"

    def __init__(self, column: Any) -> None:
        self.type = column.type
        super().__init__(column)


@compiles(NotSearched)
def _not_searched(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(NotSearched, "sqlite")
def _not_searched_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """SQLite documentation, "The SQLite Query Optimizer Overview": a unary + disqualifies a term."""
    return f"+{compiler.process(element.clauses, **options)}"


def in_row(scope: Scope, unit: Any, row: str) -> Any:
    """The condition that `unit`, a column of SQL, stands in a row of the table; 总计 has all."""
    if row == TOTAL:
        return true()
    return or_(unit.is_(None), unit.not_in(scope.units)) if row == UNASSIGNED else unit == row
