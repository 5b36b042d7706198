"""`python -m bot outreach`: whom to call, since new posts fit what they are looking for."""

from __future__ import annotations

import typer


def outreach(campaign: str | None = typer.Option(None, help="活动，例如 yuzhong-2022；不写就是正在办的活动")) -> None:
    """有了新岗位，该给哪些求职的人打电话：回执号和岗位，不显示姓名电话。"""
    from bot import clock, settings
    from bot.campaign import load
    from bot.matching import outreach as matching
    from bot.records import database

    settings.use_demonstration_if_alone()
    pack = load.load(campaign or settings.get().campaign)
    with database.reading_existing() as session:
        waiting = matching.waiting(session, pack.id, clock.today())
    if not waiting:
        print("眼下没有要打电话的：没有新岗位适合还在找工作的人。")
    for one in waiting:
        print(f"回执号 {one.receipt}，想做{one.wish.kind_of_work}：")
        for fit in one.fits:
            print(f"  {fit.post.title}（{fit.post.company}）  {fit.why}")
