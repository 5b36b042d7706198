"""`python -m bot report …`: the statistics table, its ledger, frozen submissions, the district's roll-up."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import typer

from bot.cli_counted import counted, opened, reading, write
from bot.errors import UserError

report_app = typer.Typer(help="统计表：导出、台账、核对、报送、汇总", invoke_without_command=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"--as-of：“{text}”不是日期，请写成 2022-02-15") from None


_CAMPAIGN = typer.Option(None, help="活动，例如 yuzhong-2022；不写就是正在办的活动")
_UNIT = typer.Option(None, help="只要这个单位的一行")
_AS_OF = typer.Option(None, parser=_day, metavar="日期", help="统计到哪一天（含），例如 2022-02-15")
_FORMAT = typer.Option("xlsx", help="xlsx、csv、json、html；只有 report 本身有 docx（总结初稿）")
_OUT = typer.Option(..., help="写到哪个文件；- 是屏幕")
_LONGEST_NAME = 64
_NUMBER = typer.Argument(..., metavar="号", help="报送的号，report frozen 列出")


def _must_stand_behind(context: typer.Context, command: str) -> None:
    """Options before a command are none of its own: it would count another day or unit than was asked for.

    Raises:
        UserError: there are any.
    """
    given = [f"--{name.replace('_', '-')}" for name in context.params if _is_given(context, name)]
    if given:
        raise UserError(f"{'、'.join(given)}：请写在 {command} 后面，例如 python -m bot report {command} {given[0]} …")


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


@report_app.callback()
def report(
    context: typer.Context,
    campaign: str | None = _CAMPAIGN,
    unit: str | None = _UNIT,
    as_of: date | None = _AS_OF,
    format: str = _FORMAT,
    out: str | None = typer.Option(None, help="写到哪个文件；- 是屏幕"),
) -> None:
    """导出统计表。"""
    if context.invoked_subcommand is not None:
        _must_stand_behind(context, context.invoked_subcommand)
        return
    if out is None:
        raise UserError("--out：请写导出到哪个文件；- 是屏幕")
    from bot.report import check as checks
    from bot.report.formats import FORMATS

    if format not in (*FORMATS, "docx"):
        raise UserError(f"--format：没有 {format} 这种格式；可用的有 {'、'.join((*FORMATS, 'docx'))}")
    with counted(campaign, unit, as_of, checked=format in ("xlsx", "html")) as (session, pack, built):
        if format == "docx":
            from bot.report import summary

            content = summary.draft(session, pack, built)
        else:
            content = FORMATS[format](built)
    write(out, content)
    for finding in checks.about_the_day(built):
        print(finding, file=sys.stderr)
    if pack.reporting:
        print(f"报送要求：{pack.reporting.text}（{pack.reporting.clause}）", file=sys.stderr)


@report_app.command()
def check(campaign: str | None = _CAMPAIGN, unit: str | None = _UNIT, as_of: date | None = _AS_OF) -> None:
    """报送前核对；有错误时退出码是 1。"""
    with counted(campaign, unit, as_of, checked=True) as (_, _, built):
        remarks = built.remarks or ()
    print("\n".join(remarks) or "没有发现问题。")
    if any(remark.startswith("【错误】") for remark in remarks):
        raise typer.Exit(1)


@report_app.command()
def ledger(
    campaign: str | None = _CAMPAIGN,
    unit: str | None = _UNIT,
    as_of: date | None = _AS_OF,
    role: str = typer.Option("statistics", help="给谁看：statistics 遮姓名和电话，clerk 遮电话中间四位，admin 不遮"),
    unknown: bool = typer.Option(False, "--unknown", help="只要不知道性别或是否脱贫人口的人（补问清单）"),
    out: str = _OUT,
) -> None:
    """导出台账（csv）：每列每人一行，列出背后的记录。"""
    from bot import clock
    from bot.report import check as checks
    from bot.report import ledger as lines
    from bot.report import table
    from bot.report.formats import ledger_file
    from bot.report.masking import MASKS
    from bot.report.scope import TOTAL

    if role not in MASKS:
        raise UserError(f"--role：没有 {role} 这种角色；可用的有 {'、'.join(MASKS)}")
    with counted(campaign, unit, as_of) as (session, pack, built):
        scope = table.scope_of(pack, clock.today(), as_of)
        read = lines.worklist if unknown else lines.rows
        with opened(out) as stream:
            ledger_file.write(stream, read(session, scope, MASKS[role], unit or TOTAL))
        for column in built.definition.columns:
            if column.counts:
                number, persons = (
                    checks.anonymous(session, scope, column, built),
                    built.total.cells[column.no - 1].persons,
                )
                share = f"（{number / persons:.1%}）" if persons else ""
                print(f"第{column.no}列按人统计{persons}人，其中只凭网页会话认出的{number}人{share}", file=sys.stderr)


@report_app.command()
def freeze(
    by: str = typer.Option(..., help="谁报送"),
    campaign: str | None = _CAMPAIGN,
    unit: str | None = _UNIT,
    as_of: date | None = _AS_OF,
) -> None:
    """报送：把这时的数字、口径和报送人存下来，以后的改动另外列出。"""
    from bot import clock
    from bot.report import frozen

    if not 1 <= len(by.strip()) <= _LONGEST_NAME:
        raise UserError(f"--by：请写谁报送，不超过{_LONGEST_NAME}个字")
    with counted(campaign, unit, as_of, checked=True, writing=True) as (session, _, built):
        kept = frozen.freeze(session, built, by.strip(), clock.now())
        print(f"第{kept.id}号报送：{kept.unit or '全部单位'}，统计到{kept.as_of}，口径编号 {kept.rules}")


@report_app.command("frozen")
def frozen_command(campaign: str | None = _CAMPAIGN) -> None:
    """列出所有报送。"""
    from bot import settings
    from bot.records import database, snapshots

    settings.use_demonstration_if_alone()
    with database.reading_existing() as session:
        found = snapshots.all_of(session, campaign or settings.get().campaign)
        if not found:
            print("还没有报送过；用 python -m bot report freeze --by 姓名 报送", file=sys.stderr)
        for one in found:
            print(
                f"第{one.id}号  {one.made_at:%Y-%m-%d %H:%M}  {one.made_by}  {one.unit or '全部单位'}  "
                f"统计到{one.as_of}  口径编号 {one.rules}"
            )


@report_app.command()
def show(number: int = _NUMBER, format: str = _FORMAT, out: str = _OUT) -> None:
    """把一次报送照原样再导出。"""
    from bot.records import database, snapshots
    from bot.report import frozen
    from bot.report.formats import FORMATS

    if format not in FORMATS:
        raise UserError(f"--format：没有 {format} 这种格式；可用的有 {'、'.join(FORMATS)}")
    with database.reading_existing() as session:
        built = frozen.opened(snapshots.get(session, number))
    write(out, FORMATS[format](built))


@report_app.command()
def diff(number: int = _NUMBER, as_of: date | None = _AS_OF) -> None:
    """现在的数字和一次报送差在哪里、为什么。"""
    from bot.records import snapshots
    from bot.report import frozen

    with reading() as session:
        kept = snapshots.get(session, number)
    with counted(kept.campaign, kept.unit, as_of or kept.as_of) as found:
        session, _, built = found
        if kept.rules != built.rules:
            print(f"统计口径变了：报送时 {kept.rules}，现在 {built.rules}")
        changes = frozen.changes(frozen.opened(kept), built)
        print("\n".join(map(str, changes)) or "数字没有变化")
        for reason in frozen.reasons(session, kept):
            print(reason)


@report_app.command()
def export(
    for_district: bool = typer.Option(False, "--for-district", help="给区里汇总用：人只有带密钥的摘要，没有姓名和电话"),
    campaign: str | None = _CAMPAIGN,
    unit: str | None = _UNIT,
    as_of: date | None = _AS_OF,
    out: str = _OUT,
) -> None:
    """给区里导出可以跨街道去重的文件。"""
    from bot import clock
    from bot.report import district, table
    from bot.report.scope import TOTAL

    if not for_district:
        raise UserError("请写 --for-district；普通的统计表用 python -m bot report --out 文件")
    with counted(campaign, unit, as_of) as (session, pack, _):
        scope = table.scope_of(pack, clock.today(), as_of)
        with opened(out) as stream:
            district.write(stream, session, scope, unit or TOTAL)


@report_app.command()
def rollup(
    files: list[Path] = typer.Argument(..., metavar="文件…", help="各街道 report export --for-district 导出的文件"),
    campaign: str | None = _CAMPAIGN,
    format: str = _FORMAT,
    out: str = _OUT,
) -> None:
    """区里汇总：在两个街道办过事的人只算一次。"""
    from bot import settings
    from bot.campaign import load
    from bot.report import rollup as rolling
    from bot.report.formats import FORMATS

    if format not in FORMATS:
        raise UserError(f"--format：没有 {format} 这种格式；可用的有 {'、'.join(FORMATS)}")
    pack = load.load(campaign or settings.get().campaign)
    write(out, FORMATS[format](rolling.roll_up(pack, files)))
