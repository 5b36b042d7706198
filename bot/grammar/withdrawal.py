"""Whether somebody wants what they left withdrawn, or everything about them erased."""

from __future__ import annotations

import re
from typing import Literal

from bot.grammar import fold

Wanted = Literal["withdraw", "erase"]

_ERASE = re.compile(r"删|刪|清除|清空|清掉|抹|注销|销毁|擦掉|(?:莫|别|不(?:要|准|许|想|愿意?)).{0,4}(?:留|存)")
_WITHDRAW = re.compile(
    r"撤|收回|取消|作废|退掉|下架|招满|招到|招够|找到(?:人|工作|活)|(?:不|莫|别)(?:用|要|想|消|得|再)*(?:联系|找我|打给我|打电话|给我打)|不(?:想)?(?:登记|找工作|找|招人?|求助)了"
)


def parse(text: str) -> Wanted | None:
    """What is wanted: to erase is more than to withdraw, and includes it; None where the text tells neither."""
    said = fold(text)
    if _ERASE.search(said):
        return "erase"
    return "withdraw" if _WITHDRAW.search(said) else None
