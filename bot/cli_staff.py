"""`python -m bot staff …`: who may sign in. A password is typed or comes on standard input, never as an argument."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from bot.errors import UserError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

staff_app = typer.Typer(help="工作人员账号：新增、改密码、列出、停用", no_args_is_help=True)


@staff_app.command("add")
def staff_add(
    login: str = typer.Argument(..., metavar="登录名", help="小写字母、数字，例如 wang.fang"),
    name: str = typer.Option(..., help="同事看到的姓名"),
    role: str = typer.Option("clerk", help="clerk 经办人员、statistics 统计人员、admin 管理员"),
    unit: str | None = typer.Option(None, help="经办人员所在的单位，例如 大坪街道"),
) -> None:
    """新增一个账号，密码当场输入两遍。"""
    from bot import clock
    from bot.records import staff

    if role not in staff.ROLES:
        raise UserError(f"--role：没有 {role} 这种角色；可用的有 {'、'.join(staff.ROLES)}")
    _unit_must_fit(role, unit)
    with _writing() as session:
        if staff.find(session, login) is not None:
            raise UserError(f"登录名 {login} 已经有了，请换一个（现有的见 python -m bot staff list）")
    password = _password()
    with _writing() as session:
        made = staff.add(session, login, name, role, unit, password, clock.now())
    print(f"已新增 {made.login}（{made.name}，{staff.ROLES[role]}{'，' + unit if unit else ''}）")


@staff_app.command("passwd")
def staff_passwd(login: str = typer.Argument(..., metavar="登录名")) -> None:
    """改密码：原来的登录全部失效；停用的账号重新启用。"""
    from bot.records import staff

    with _writing() as session:
        staff.existing(session, login)
    password = _password()
    with _writing() as session:
        staff.set_password(session, login, password)
    print(f"已改 {login} 的密码")


@staff_app.command("disable")
def staff_disable(login: str = typer.Argument(..., metavar="登录名")) -> None:
    """停用账号：马上退出登录；他做过的记录不变。"""
    from bot import clock
    from bot.records import staff

    with _writing() as session:
        staff.disable(session, login, clock.now())
    print(f"已停用 {login}")


@staff_app.command("list")
def staff_list() -> None:
    """列出所有账号。"""
    from bot import settings
    from bot.records import database, staff

    settings.use_demonstration_if_alone()
    with database.reading_existing() as session:
        rows = staff.everybody(session)
    for row in rows:
        closed = "  （已停用）" if row.disabled_at else ""
        print(f"{row.login}  {row.name}  {staff.ROLES[row.role]}  {row.unit or '不分单位'}{closed}")
    if not rows:
        print("还没有账号；新增：python -m bot staff add 登录名 --name 姓名 --unit 单位")


@contextmanager
def _writing() -> Iterator[Session]:
    from bot import settings
    from bot.records import database

    settings.use_demonstration_if_alone()
    database.must_exist()
    with database.writing() as session:
        yield session


def _unit_must_fit(role: str, unit: str | None) -> None:
    """A clerk belongs to one of the campaign's units, where it has any; others to none.

    Raises:
        UserError: it does not fit.
    """
    from bot.campaign import load
    from bot.records import staff

    units = load.current().unit_names
    if role != staff.CLERK and unit is not None:
        raise UserError("--unit：只有经办人员分单位，请去掉")
    if role == staff.CLERK and units and unit not in units:
        raise UserError(f"--unit：请写经办人员的单位，可用的有 {'、'.join(units)}")


def _password() -> str:
    """The new password: asked for twice on a screen, else the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("密码（至少10个字符，输入时不显示）", hide_input=True, confirmation_prompt="再输一遍"))
    return sys.stdin.readline().rstrip("\r\n")
