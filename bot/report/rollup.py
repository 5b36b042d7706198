"""One table of a district from the files of its streets: who was served in two of them counts once."""

from __future__ import annotations

import hmac
import json
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from bot.campaign.model import Pack
from bot.errors import UserError
from bot.report import rules
from bot.report.district import FORMAT, keyed, seal
from bot.report.scope import UNASSIGNED, Scope
from bot.report.table import StatisticsTable, assemble, scope_of
from bot.yamlfile import shown

_NONE_OF_OURS = "不是 report export --for-district 导出的文件"


@dataclass
class _Human:
    """Somebody, as all files together tell of them.

    Attributes:
        places: column → (whether without a unit, moment, row) of the service that decides the row.
        decided: (day, outcome, row) of the latest follow-up.
        told: what is known of gender and 脱贫人口, each with the moment of the record that it came with; the
            earliest stays, in whatever order the files are read.
    """

    places: dict[int, tuple[bool, str, str]] = field(default_factory=dict)
    decided: tuple[str, str, str] | None = None
    told: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def hear(self, line: dict[str, Any]) -> None:
        """Take in one line."""
        if "column" in line:
            place = (line["row"] == UNASSIGNED, line["at"], line["row"])
            self.places[line["column"]] = min(self.places.get(line["column"], place), place)
        else:
            decided = (line["at"], line["outcome"], line["row"])
            self.decided = max(self.decided or decided, decided)
        for attribute in ("gender", "poverty_alleviated"):
            if line[attribute] is not None:
                self._be_told(attribute, (line["at"], line[attribute]))

    def _be_told(self, attribute: str, said: tuple[str, Any]) -> None:
        self.told[attribute] = min(self.told.get(attribute, said), said)

    def take_over(self, other: _Human) -> None:
        """`other` turned out to be the same."""
        for column, place in other.places.items():
            self.places[column] = min(self.places.get(column, place), place)
        if other.decided:
            self.decided = max(self.decided or other.decided, other.decided)
        for attribute, said in other.told.items():
            self._be_told(attribute, said)


class _Humans:
    """Who is who, over all files: the same phone with an equal or missing name, or the same number of a database."""

    def __init__(self) -> None:
        self.all: dict[int, _Human] = {}
        self._heads: dict[int, int] = {}
        self._by_person: dict[str, int] = {}
        self._by_phone: dict[str, dict[int, set[str]]] = {}

    def of(self, line: dict[str, Any]) -> _Human:
        """The human that a line is about, new or known."""
        met = [self._by_person[line["person"]]] if line["person"] in self._by_person else []
        # Who gave a name with a phone, once, is not nameless there, whatever the other records leave out.
        with_name = {phone for phone, name in line["phones"] if name}
        phones = [(phone, name) for phone, name in line["phones"] if name or phone not in with_name]
        for phone, name in phones:
            met.extend(self._holders(phone, name)[:1])
        heads = list(dict.fromkeys(self._head(one) for one in met))
        head = heads[0] if heads else self._new()
        for other in heads[1:]:
            self.all[head].take_over(self.all.pop(other))
            self._heads[other] = head
        self._by_person[line["person"]] = head
        for phone, name in phones:
            self._by_phone.setdefault(phone, {}).setdefault(head, set()).update({name} - {""})
        return self.all[head]

    def _holders(self, phone: str, name: str) -> list[int]:
        """Who has a phone already and no other name there, first come first."""
        names: dict[int, set[str]] = {}
        for holder, known in self._by_phone.get(phone, {}).items():
            names.setdefault(self._head(holder), set()).update(known)
        return [holder for holder, known in names.items() if not name or known <= {name}]

    def _head(self, number: int) -> int:
        while number in self._heads:
            number = self._heads[number]
        return number

    def _new(self) -> int:
        number = len(self.all) + len(self._heads)
        self.all[number] = _Human()
        return number


def roll_up(pack: Pack, files: list[Path]) -> StatisticsTable:
    """Count the files of several streets together.

    Args:
        pack: the campaign of all of them.
        files: what `report export --for-district` wrote, each under the same key, rules and as-of day.

    Raises:
        UserError: a file is none of ours, was changed, does not fit the others, or covers a row for the second time.
    """
    headers = [_header(path) for path in files]
    scope = scope_of(pack, date.max, date.fromisoformat(headers[0]["as_of"]))
    _fit(scope, headers, files)
    humans = _Humans()
    numbers: dict[tuple[int, str], tuple[int, int]] = {}
    for path in files:
        for line in _lines(path):
            if "unnamed" in line:
                _add(numbers, line["column"], line["row"], unnamed=line["unnamed"])
            else:
                humans.of(line).hear(line)
    for human in humans.all.values():
        for column, row in _counted_in(scope, human):
            _add(numbers, column, row, persons=1)
    return assemble(scope, numbers)


def _counted_in(scope: Scope, human: _Human) -> Iterator[tuple[int, str]]:
    """The columns and rows that a human counts in."""
    rows = {column: row for column, (_, _, row) in human.places.items()}
    if human.decided and date.fromisoformat(human.decided[0]) >= scope.window.first:
        _, outcome, row = human.decided
        rows.update({column.no: row for column in scope.table.columns if column.outcome == outcome})
    for column in scope.table.columns:
        filled_by = scope.person_column(column)
        if filled_by is not None and filled_by.no in rows and _has(human, column.where):
            yield column.no, rows[filled_by.no]


def _has(human: _Human, attribute: str | None) -> bool:
    if attribute is None:
        return True
    asked, wanted = ("gender", "female") if attribute == "female" else (attribute, True)
    return asked in human.told and human.told[asked][1] == wanted


def _add(
    numbers: dict[tuple[int, str], tuple[int, int]], column: int, row: str, persons: int = 0, unnamed: int = 0
) -> None:
    before = numbers.get((column, row), (0, 0))
    numbers[column, row] = (before[0] + persons, before[1] + unnamed)


def _header(path: Path) -> dict[str, Any]:
    """The header of a file that is whole and unchanged."""
    lines = _read(path)
    first = next(lines, b"")
    header = _parsed(first)
    if header.get("format") != FORMAT:
        written_by_us = str(header.get("format")).startswith(FORMAT.rstrip(string.digits))
        fault = "是另一个版本的程序导出的，请用同一版再导出" if written_by_us else _NONE_OF_OURS
        raise UserError(f"{shown(path)}：{fault}")
    if header.get("key") != keyed("check"):
        raise UserError(f"{shown(path)}：用的不是区里的密钥 CHUNFENG_DISTRICT_KEY")
    sealed, last = seal(), first
    for line in lines:
        sealed.update(last)
        last = line
    if not hmac.compare_digest(str(_parsed(last).get("seal")), sealed.hexdigest()):
        raise UserError(f"{shown(path)}：文件不完整，或者导出以后被改过，请让街道重新导出")
    return header


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """What stands between header and seal."""
    return (line for line in map(_parsed, islice(_read(path), 1, None)) if "seal" not in line)


def _parsed(line: bytes) -> dict[str, Any]:
    """A line of JSON; empty for anything else."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _read(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except FileNotFoundError:
        raise UserError(f"{shown(path)}：没有这个文件") from None
    except OSError as error:
        raise UserError(f"{shown(path)}：读不了（{error.strerror}）") from None


def _fit(scope: Scope, headers: list[dict[str, Any]], files: list[Path]) -> None:
    """All files must be of one campaign, day and rules, and cover each row of a database once."""
    expected = {
        "campaign": (scope.campaign, "是另一个活动的"),
        "as_of": (scope.window.as_of.isoformat(), "统计到的日期和第一个文件不同"),
        "rules": (rules.digest(scope), "统计口径和区里的不同，请用同一个活动包再导出"),
    }
    covered: dict[tuple[str, str], Path] = {}
    for header, path in zip(headers, files, strict=True):
        for key, (wanted, fault) in expected.items():
            if header.get(key) != wanted:
                raise UserError(f"{shown(path)}：{fault}")
        for row in header["rows"]:
            if (header["instance"], row) in covered:
                raise UserError(f"{shown(path)}：和 {shown(covered[header['instance'], row])} 是同一份数据，只能用一个")
            covered[header["instance"], row] = path
