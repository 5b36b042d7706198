"""`python -m bot outbox …`: what waits for the district's platform, and what it refused."""

from __future__ import annotations

import typer

from bot.errors import UserError

outbox_app = typer.Typer(help="发给区平台的登记：看、重发", no_args_is_help=True)


@outbox_app.command("list")
def outbox_list() -> None:
    """待发送、已送达多少条，哪些发不出去（只有编号和原因，没有个人信息）。"""
    from bot import settings
    from bot.delivery import queue
    from bot.records import database

    settings.use_demonstration_if_alone()
    with database.reading_existing() as session:
        state = queue.state(session)
    if not settings.get().platform_url:
        print("没有设区平台的地址（CHUNFENG_PLATFORM_URL），登记不往外发。")
    oldest = f"，最早的是 {state.oldest:%Y-%m-%d %H:%M}" if state.oldest else ""
    print(f"待发送 {state.waiting} 条{oldest}；已送达 {state.delivered} 条；发不出去 {len(state.letters)} 条。")
    if state.failing:
        print(f"待发送的有 {state.failing} 条试过没成功（{state.last_error}），会自动再试。")
    for letter in state.letters:
        print(
            f"  第 {letter.id} 号  {letter.event}  {letter.created_at:%Y-%m-%d %H:%M}"
            f"  试了 {letter.attempts} 次  {letter.last_error}"
        )
    if state.letters:
        print("原因排除后重发：python -m bot outbox retry --all，或写上编号只发一条。")


@outbox_app.command("retry")
def outbox_retry(
    number: int | None = typer.Argument(None, metavar="[编号]", help="只重发这一条，编号见 outbox list"),
    everything: bool = typer.Option(False, "--all", help="全部重发"),
) -> None:
    """把发不出去的重新排队，几秒后由定时任务发送。"""
    from bot import clock
    from bot.delivery import queue
    from bot.records import database

    if (number is None) != everything:
        raise UserError("outbox retry：请写一个编号（见 python -m bot outbox list），或者写 --all 全部重发")
    database.must_exist()
    with database.writing() as session:
        found = queue.retry(session, clock.now(), number)
    if number is not None and not found:
        raise UserError(f"outbox retry：发不出去的里面没有第 {number} 号；请用 python -m bot outbox list 看编号")
    print(f"已重新排队 {found} 条。")
