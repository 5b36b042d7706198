"""The job intention: saved, and answered at once with guidance, three posts and a course (131)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from actions.filling import OpenForm
from actions.forms import Slots
from actions.registrations import JOB_INTENTION
from actions.saving import Saved, SaveForm, given
from actions.turn import Turn
from bot import settings
from bot.knowledge import guidance
from bot.matching import service131
from bot.matching.wish import Wish
from bot.records import services
from bot.records.models import JobIntention, Registration
from bot.reply import Button, Reply


class OpenJobIntention(OpenForm):
    """Opens the job intention."""

    form = JOB_INTENTION

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_open_job_intention"


class SaveJobIntention(SaveForm):
    """Saves it and brings what the notice promises: 131."""

    form = JOB_INTENTION

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_save_job_intention"

    def registration(self, slots: Slots) -> Registration:
        """What is looked for, in the person's own words where they said more."""
        return JobIntention(
            kind_of_work=given(slots, "kind_of_work"),
            place=given(slots, "place"),
            pay=given(slots, "salary"),
            start=given(slots, "start"),
            age=given(slots, "age"),
            groups=given(slots, "groups"),
        )

    def also(self, session: Session, saved: Registration, turn: Turn, slots: Slots) -> service131.Given:
        """Find posts and a course, and write down what was given."""
        wish = Wish(
            kind_of_work=saved.kind_of_work,
            unit=saved.unit,
            place=saved.place,
            pay=saved.pay,
            groups=tuple((saved.groups or "").split("、")) if saved.groups else (),
        )
        campaign = settings.get().campaign
        found = service131.give(session, saved.person_id, saved.id, campaign, wish, turn.received_at)
        kinds = {"career_guidance": True, "job_recommendation": found.posts, "training_recommendation": found.course}
        for kind, was_given in kinds.items():
            if was_given:
                services.record(session, _service(saved, turn, kind))
        return found

    def thanks(self, saved: Saved) -> list[Reply]:
        """The receipt, guidance, posts, the course, and what of the three is still to come."""
        found: service131.Given = saved.more
        receipt = Reply(f"登记好了。\n回执号：{saved.receipt}（请记下来，报回执号就能查、能撤回）")
        replies = [receipt, guidance.reply(str(saved.slots["kind_of_work"])), _posts(found), _course(found)]
        if found.missing:
            replies.append(Reply(f"{found.missing}，有新的合适的，工作人员打电话告诉您。", [Button("我的登记", "/check_my_request")]))
        return replies


def _service(saved: Registration, turn: Turn, kind: str) -> services.ServiceDone:
    return services.ServiceDone(
        campaign=saved.campaign,
        person_id=saved.person_id,
        kind=kind,
        topic="job_intention",
        unit=saved.unit,
        channel=turn.channel,
        occurred_at=turn.received_at,
        source_key=f"draft:{saved.draft_id}:{kind}",
    )


def _posts(found: service131.Given) -> Reply:
    if not found.posts:
        return Reply("眼下没有合适的岗位，我不拿不合适的凑数。")
    few = "" if len(found.posts) >= service131.POSTS else f"（眼下合适的只有{len(found.posts)}个）"
    return Reply("\n\n".join([f"给您推荐的岗位{few}：", *(fit.text() for fit in found.posts)]))


def _course(found: service131.Given) -> Reply:
    if found.course is None:
        return Reply("眼下没有和这一行对口的培训班。")
    return Reply(f"推荐一门培训：\n{found.course.text()}")
