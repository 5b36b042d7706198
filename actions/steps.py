"""What a form says on its way: going on after a pause, a way out, a refusal."""

from __future__ import annotations

from collections.abc import Mapping

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.forms import REQUESTED_SLOT

from actions.consent import MAY_BE_SENSITIVE
from actions.forms import SENSITIVE_SLOT, WANTED_SLOT, Field, Form, Slots
from bot.knowledge import privacy
from bot.reply import Button, Reply

STOP = Button("不填了", "/cancel")
PERSON = Button("找人工", "/talk_to_human")
CALL_ME = Button("记下来，请人打给我", "/request_help")
CALL_ME_NOW = Button("记下来，请人马上联系我", '/request_help{"urgent": "yes"}')


def stopped(form: Form) -> str:
    """What is left when a form is closed before its end, and the way back."""
    if not form.is_registration:
        return f"您的登记没有变。想看，说“{form.way_back}”就行。"
    return f"刚才的没有登记，什么都没有保存，不会有人联系您。想再办，说“{form.way_back}”就行。"


def goodbye(form: Form | None) -> Reply:
    """A goodbye, once, with the rating; an open form is set aside."""
    said = f"再见！{stopped(form)}" if form is not None else "再见，祝您工作顺利！有事再来问我。"
    return Reply(said, rate=True)


def put_aside() -> Reply:
    """What may have been a goodbye, in the middle of a form."""
    return Reply("是要先放一放吗？", [Button("接着填", "/resume"), STOP])


def go_on(form: Form, slots: Slots, asked: str | None) -> Reply:
    """After a long silence: what was begun, and whether to go on with it."""
    given = "，".join(f"{one.label}{one.shown(value)}" for one, value in form.filled(slots))
    known = f"已经有：{given}。" if given else ""
    step = form.progress(slots, asked or "")
    where = f"（{step}）" if step else ""
    return Reply(f"您上次的{form.title}还没填完{where}。{known}接着填吗？", [Button("接着填", "/resume"), STOP])


def heard(form: Form, slots: Slots, values: Mapping[str, str]) -> str | None:
    """What to say of values that were not asked for just now: changed, or kept; None where the question shows it."""
    asked = slots.get(REQUESTED_SLOT)
    other = [form.field(slot) for slot in values if slot != asked]
    changes = {slot: value for slot, value in values.items() if slots.get(slot) not in (None, value)}
    if changes:
        return changed(form, slots, changes).text
    if asked not in values and other:
        return f"{'、'.join(one.label for one in other if one is not None)}记下了。"
    return None


def changed(form: Form, slots: Slots, changes: Mapping[str, str | None]) -> Reply:
    """Half a sentence that says what stands there now; what is asked again is asked next."""
    done = "改过来" if any(slots.get(slot) for slot in changes) else "记下了"
    fields = [(form.field(slot), value) for slot, value in changes.items()]
    new = [f"{one.label}是{one.shown(value)}" for one, value in fields if one is not None and value is not None]
    return Reply(f"好，{done}，{'，'.join(new)}。" if new else "好，这一项重新说。")


def cannot_say() -> Reply:
    """A question in the middle of a form that nothing answers."""
    return Reply("这个我答不上来，不乱说；填完说“找人工”，工作人员跟您讲。")


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


def change(changes: dict[str, str | None]) -> list[EventType]:
    """New values; a field without one is asked again, and so is the consent to sensitive data."""
    asked_again = next((slot for slot, value in changes.items() if value is None), None)
    changed = {**changes, WANTED_SLOT: asked_again}
    if any(slot in MAY_BE_SENSITIVE for slot in changes):
        changed[SENSITIVE_SLOT] = None
    return [SlotSet(slot, value) for slot, value in changed.items()]
