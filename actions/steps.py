"""What a form says on its way: going on after a pause, a way out, a refusal."""

from __future__ import annotations

from actions.forms import Field, Form, Slots
from bot.knowledge import privacy
from bot.reply import Button, Reply

STOP = Button("不填了", "/cancel")
PERSON = Button("找人工", "/talk_to_human")


def go_on(form: Form, slots: Slots, asked: str | None) -> Reply:
    """After a long silence: what was begun, and whether to go on with it."""
    given = "，".join(f"{one.label}{one.shown(value)}" for one, value in form.filled(slots))
    known = f"已经有：{given}。" if given else ""
    step = form.progress(slots, asked or "")
    where = f"（{step}）" if step else ""
    return Reply(f"您上次的{form.title}还没填完{where}。{known}接着填吗？", [Button("接着填", "/resume"), STOP])


def way_out(asked: Field) -> Reply:
    """After several answers that could not be read."""
    skip = [Button("跳过这一项", "/skip")] if asked.is_optional else []
    choice = "可以跳过，" if asked.is_optional else ""
    return Reply(
        f"对不起，“{asked.label}”我几次都没看懂。{choice}也可以找人工帮您填，或者先不填了。",
        [*skip, PERSON, STOP],
    )


def what_to_change(form: Form, slots: Slots) -> Reply:
    """At the summary: which thing is wrong, or is to be added."""
    return Reply("要改哪一样？点一下，或者直接说，比如“电话改成……”。", form.change_buttons(slots))


def refused() -> Reply:
    """Without consent nothing is registered; questions are still answered."""
    return Reply(privacy.text().refused.strip())


def why(asked: Field | None) -> Reply:
    """Why the asked field is asked; in general where none is."""
    if asked is not None and asked.why:
        optional = "不想说也行，说“不想说”就跳过。" if asked.is_optional else ""
        return Reply(f"{asked.why}{optional}", source=privacy.text().source)
    return Reply(privacy.text().why_at_all.strip(), source=privacy.text().source)
