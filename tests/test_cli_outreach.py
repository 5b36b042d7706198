"""Whom to call, on the command line: receipts and posts, nothing of the person."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from typer.testing import CliRunner

from bot.cli import app
from bot.records import conversations, database, registrations
from bot.records.models import JobIntention
from tests.matching.offers import CAMPAIGN, NOW, post


def test_new_posts_name_whom_to_call(records: Path) -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", NOW)
        who = registrations.Applicant("draft-1", "+8613800000001", "王测试", "大坪街道")
        left = JobIntention(kind_of_work="保安")
        receipt = registrations.save(session, CAMPAIGN, conversation, who, left, NOW).receipt
    said = CliRunner().invoke(app, ["outreach"]).stdout
    assert said == "眼下没有要打电话的：没有新岗位适合还在找工作的人。\n"
    with database.writing() as session:
        post(session, "小区保安", imported_at=NOW + timedelta(hours=1), unit="大坪街道")
    said = CliRunner().invoke(app, ["outreach"]).stdout
    assert f"回执号 {receipt}，想做保安：" in said
    assert "小区保安" in said
    assert "同工种 · 就在大坪街道" in said
    assert "王测试" not in said
    assert "13800000001" not in said
