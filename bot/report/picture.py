"""A curve as a picture. It holds numbers and days only: what it shows is said in the text beside it."""

from __future__ import annotations

import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import DateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.report.curves import Point

_INCHES, _DOTS = (6.2, 2.4), 160


def draw(days: list[Point]) -> bytes:
    """Bars for what came new each day, a line for all up to it; PNG."""
    figure = Figure(figsize=_INCHES, dpi=_DOTS)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    when = [day.day for day in days]
    axes.bar(when, [day.new for day in days], color="#9db8d2", width=0.8)
    axes.plot(when, [day.total for day in days], color="#1f4e79", linewidth=1.8)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.xaxis.set_major_formatter(DateFormatter("%m-%d"))
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    stream = io.BytesIO()
    figure.savefig(stream, format="png")
    return stream.getvalue()
