"""What every page says when the clock is set for a demonstration."""

from __future__ import annotations

from bot import clock


def line() -> str:
    """The line; "" when the clock is the real one."""
    if not clock.is_demonstration():
        return ""
    now = clock.now()
    return f"演示：时钟设在 {now.year}年{now.month}月{now.day}日 {now:%H:%M}，数据不是真实的"
