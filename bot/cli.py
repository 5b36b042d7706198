"""The command line. Each command says what it needs in one plain sentence when something is missing."""

from __future__ import annotations

import json
import logging
import os
import sys
import uuid
from pathlib import Path

import typer

from bot.cli_import import import_app
from bot.cli_outbox import outbox_app
from bot.cli_outreach import outreach
from bot.cli_report import report_app
from bot.cli_staff import staff_app
from bot.errors import UserError

app = typer.Typer(help="春风行动小助手", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
campaign_app = typer.Typer(help="活动包：检查、列出", no_args_is_help=True)
app.add_typer(campaign_app, name="campaign")
app.add_typer(outbox_app, name="outbox")
app.command()(outreach)
app.add_typer(import_app, name="import")
app.add_typer(report_app, name="report")
app.add_typer(staff_app, name="staff")

#: So long a stopping front door waits for answers that are under way.
_LAST_ANSWERS_SECONDS = 10


def main() -> None:
    """Run a command; what the user can mend is said in one line, with exit code 1."""
    try:
        app()
    except UserError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


@app.command()
def serve() -> None:
    """启动：训练（如需要）、准备数据库、启动各进程。"""
    from bot import starter

    raise typer.Exit(starter.serve())


@app.command()
def web() -> None:
    """只启动前门（Rasa 和动作服务另外启动时用）。"""
    import uvicorn

    from bot import clock, settings
    from bot.web import emergencies
    from bot.web.app import create_app

    current = settings.get()
    emergencies.hand_over(clock.now())
    uvicorn.run(
        create_app(),
        host=current.host,
        port=current.port,
        log_level="warning",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS,
    )


@app.command("jobs")
def jobs_command() -> None:
    """只启动定时任务：把登记发给区平台，等等。"""
    from bot import jobs
    from bot.records import database

    database.must_exist()
    jobs.serve()


@app.command()
def train() -> None:
    """训练模型；和现有的 data/nlu、data/rules、config.yml 一致时跳过。"""
    from bot import training

    print(training.train())


@app.command("vectors")
def vectors_command() -> None:
    """更新 data/vectors.npz：例句和知识的句向量，别人第一次训练就快。"""
    from bot import known_sentences

    kept, new = known_sentences.write_vectors()
    print(f"data/vectors.npz：{kept} 句，新增 {new} 句")


@app.command("migrate")
def migrate_command() -> None:
    """把数据库升级到现在的表结构。"""
    from bot.records import migrate

    migrate.upgrade()


@app.command("eval")
def evaluate(
    file: Path = typer.Argument(..., metavar="FILE.jsonl", help='每行 {"text","intent","alt"?}'),
    as_json: bool = typer.Option(False, "--json", help="只打印一行 JSON"),
) -> None:
    """用标注好的句子量一量听懂了多少。"""
    from bot import evaluation, training

    os.environ.update(training.ENVIRONMENT)
    logging.captureWarnings(True)  # those of the libraries below Rasa
    lines = evaluation.read(file)
    figures = evaluation.measure(lines, evaluation.understand_all([line.text for line in lines]))
    if as_json:
        print(figures.as_json())
        return
    for name, value in json.loads(figures.as_json()).items():
        print(f"{name:20} {value if value is None or name == 'n' else round(value, 3)}")


@app.command()
def ask(text: str = typer.Argument(..., metavar="TEXT", help="要问的话")) -> None:
    """问一句，看怎么回答；不留记录（要先 make run 或 python -m bot serve）。"""
    from bot import clock, running, settings
    from bot.web.rasa_client import NoAnswer, RasaClient

    settings.use_demonstration_if_alone()
    url = running.rasa_url()
    try:
        rasa = RasaClient(url, settings.get().rasa_timeout)
        replies = rasa.ask(f"ask-{uuid.uuid4()}", text, "cmdline", None, clock.now())
    except NoAnswer:
        raise UserError(f"{url} 没有回答：请先启动（make run），或用 CHUNFENG_RASA_URL 指明 Rasa 在哪里") from None
    for reply in replies:
        print(reply.text)
        print("".join(f"  [{button.title}]" for button in reply.buttons), end="\n" if reply.buttons else "")


@campaign_app.command("check")
def campaign_check(file: Path = typer.Argument(..., help="活动包文件，例如 data/campaigns/yuzhong-2022.yml")) -> None:
    """检查活动包：每句引文都在通知里，每个意图都有回答，日期、电话都对。"""
    from bot.campaign.check import check
    from bot.knowledge import load as knowledge

    found = check(file.resolve(), frozenset(line.number for line in knowledge.hotlines()))
    if found:
        raise UserError("\n".join(found))
    print(f"{file}：没有问题")


@campaign_app.command("list")
def campaign_list() -> None:
    """列出所有活动包。"""
    from bot import settings
    from bot.campaign import load

    for identifier in load.pack_ids():
        pack = load.load(identifier)
        running = "（正在办）" if identifier == settings.get().campaign else ""
        print(f"{identifier}  {pack.title}  {pack.period.text}{running}")


@campaign_app.command("new")
def campaign_new(
    identifier: str = typer.Argument(..., metavar="活动名", help="拼音加年份，例如 yuzhong-2023"),
    notice: Path = typer.Argument(..., metavar="通知.txt", help="通知全文，UTF-8 纯文本"),
) -> None:
    """从通知全文生成一个带说明的活动包，照着填就行。"""
    from bot.campaign.new import write_skeleton

    made = write_skeleton(identifier, notice)
    print(f"已生成 {made}\n填好以后运行：python -m bot campaign check {made}")
