"""`python -m bot import …`: taking registers from a file or from the web."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.imports.importer import Progress, Register
    from bot.imports.outcome import Outcome

import_app = typer.Typer(help="导入登记表：服务、活动记录、岗位、培训、招聘会", no_args_is_help=True)

_SOURCE = typer.Argument(..., metavar="文件或网址", help="csv 或 xlsx 文件，或 http(s) 网址")
_FILE = typer.Argument(..., metavar="文件", help="csv 或 xlsx 文件")
_EVERY = typer.Option(None, metavar="分钟", help="网址每隔多少分钟再取一次；不写就只取这一次")
_CAMPAIGN = typer.Option(None, help="活动，例如 yuzhong-2022；不写就是正在办的活动")


@import_app.command()
def posts(source: str = _SOURCE, every: int | None = _EVERY, campaign: str | None = _CAMPAIGN) -> None:
    """导入岗位。"""
    _import("posts", source, every, campaign)


@import_app.command()
def courses(source: str = _SOURCE, every: int | None = _EVERY, campaign: str | None = _CAMPAIGN) -> None:
    """导入培训课程。"""
    _import("courses", source, every, campaign)


@import_app.command()
def fairs(source: str = _SOURCE, every: int | None = _EVERY, campaign: str | None = _CAMPAIGN) -> None:
    """导入招聘会。"""
    _import("fairs", source, every, campaign)


@import_app.command()
def services(file: Path = _FILE, campaign: str | None = _CAMPAIGN) -> None:
    """导入服务台账：一行一次服务。"""
    from bot.imports.services import REGISTER

    _import_file(REGISTER, file, campaign)


@import_app.command()
def activities(file: Path = _FILE, campaign: str | None = _CAMPAIGN) -> None:
    """导入活动记录：一行一个数。"""
    from bot.imports.activities import REGISTER

    _import_file(REGISTER, file, campaign)


@import_app.command()
def due() -> None:
    """把到时间的网址都取一遍（给定时任务用）。"""
    from bot import clock
    from bot.imports import remote
    from bot.records import migrate

    migrate.upgrade()
    for fetched in remote.fetch_due(clock.now()):
        said = fetched.error or (fetched.outcome.summary() if fetched.outcome else "没有变化")
        print(f"来源{fetched.source_id}：{said}")


def _import_file(register: Register, file: Path, campaign: str | None) -> None:
    from bot import clock, settings
    from bot.records import migrate

    if str(file).lower().startswith(("http:", "https:")):
        raise UserError("这种表只从文件导入，请先下载")
    migrate.upgrade()
    with progress_bar(register.name) as on_progress:
        outcome = register.import_file(file, campaign or settings.get().campaign, clock.now(), on_progress=on_progress)
    show(outcome)


def _import(kind: str, source: str, every: int | None, campaign: str | None) -> None:
    from bot import clock, settings
    from bot.imports.registers import REGISTERS
    from bot.records import migrate

    migrate.upgrade()
    chosen = campaign or settings.get().campaign
    with progress_bar(REGISTERS[kind].name) as on_progress:
        if source.lower().startswith(("http:", "https:")):
            outcome = _fetch(kind, source, every, chosen, on_progress)
        elif every is not None:
            raise UserError("--every：只用于网址；文件改了以后再导一次就行，不会重复")
        else:
            outcome = REGISTERS[kind].import_file(Path(source), chosen, clock.now(), on_progress=on_progress)
    show(outcome)


def _fetch(kind: str, url: str, every: int | None, campaign: str, on_progress: Progress) -> Outcome | None:
    from bot import clock
    from bot.imports import remote
    from bot.records import database

    with database.writing() as session:
        source_id = remote.add_source(session, kind, url, every, campaign)
    fetched = remote.fetch(source_id, clock.now(), on_progress)
    if fetched.error:
        raise UserError(fetched.error)
    return fetched.outcome


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while an import runs; nothing when that is no terminal."""
    with typer.progressbar(length=1, label=f"导入{label}", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def move(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield move
        bar.update((bar.length or 0) - bar.pos)


def show(outcome: Outcome | None) -> None:
    """Print what became of an import: each row to look at on standard error, the counts on standard output.

    Args:
        outcome: None when the sheet has not changed since the last time.

    Raises:
        typer.Exit: with code 1 when rows were bad and nothing was taken.
    """
    if outcome is None:
        print("网址上的内容没有变化")
        return
    for row in outcome.named:
        print(row, file=sys.stderr)
    print(outcome.summary())
    if outcome.failed:
        raise typer.Exit(1)
