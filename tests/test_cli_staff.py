"""Accounts on the command line: passwords come in unseen, and what does not fit is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import clock
from bot.cli import app
from bot.errors import UserError
from bot.records import database, sign_in, staff

PASSWORD = "correct horse battery"
WANG = ("add", "wang", "--name", "王经办", "--unit", "大坪街道")


def run(*arguments: str, typed: str = f"{PASSWORD}\n") -> str:
    done = CliRunner().invoke(app, ["staff", *arguments], input=typed)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return str(done.stdout)


def may_sign_in(login: str, password: str = PASSWORD) -> bool:
    return sign_in.sign_in(login, password, "address", clock.now()).account is not None


def test_from_the_first_account_to_its_end(records: Path) -> None:
    assert run("list") == "还没有账号；新增：python -m bot staff add 登录名 --name 姓名 --unit 单位\n"
    assert run(*WANG) == "已新增 wang（王经办，经办人员，大坪街道）\n"
    assert run("add", "qian", "--name", "钱管理", "--role", "admin") == "已新增 qian（钱管理，管理员）\n"
    assert may_sign_in("wang")
    assert run("disable", "wang", typed="") == "已停用 wang\n"
    assert not may_sign_in("wang")
    assert run("list").splitlines() == [
        "qian  钱管理  管理员  不分单位",
        "wang  王经办  经办人员  大坪街道  （已停用）",
    ]
    assert run("passwd", "wang", typed="another long password\n") == "已改 wang 的密码\n"
    assert not may_sign_in("wang")
    assert may_sign_in("wang", "another long password")


def test_the_password_is_kept_as_argon2id_only(records: Path) -> None:
    run(*WANG)
    with database.reading() as session:
        assert staff.existing(session, "wang").password_hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("add", "wang", "--name", "王"), PASSWORD, "请写经办人员的单位，可用的有 七星岗街道、"),
        (("add", "wang", "--name", "王", "--unit", "别处街道"), PASSWORD, "请写经办人员的单位"),
        (("add", "qian", "--name", "钱", "--role", "admin", "--unit", "大坪街道"), PASSWORD, "只有经办人员分单位"),
        (("add", "qian", "--name", "钱", "--role", "root"), PASSWORD, "可用的有 clerk、statistics、admin"),
        (("add", "W", "--name", "王", "--unit", "大坪街道"), PASSWORD, "登录名：请用2到32个小写字母"),
        (("add", "wang", "--name", "", "--unit", "大坪街道"), PASSWORD, "姓名：请写1到32个字"),
        (WANG, "short", "密码要10到200个字符"),
        (WANG, "", "密码要10到200个字符"),
        (WANG, "aaaaaaaaaaaa", "太容易猜"),
        (("passwd", "nobody"), PASSWORD, "没有 nobody 这个登录名"),
        (("disable", "nobody"), "", "没有 nobody 这个登录名"),
    ],
)
def test_what_does_not_fit(records: Path, arguments: tuple[str, ...], typed: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        run(*arguments, typed=typed)
    with database.reading() as session:
        assert staff.everybody(session) == []


def test_a_login_that_is_taken(records: Path) -> None:
    run(*WANG)
    with pytest.raises(UserError, match="wang 已经有了"):
        run(*WANG)
