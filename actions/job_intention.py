"""The job intention: saved, and answered at once with guidance, three posts and a course (131)."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from actions.filling import OpenForm
from actions.forms import Slots
from actions.registrations import JOB_INTENTION
from actions.saving import Saved, SaveForm, given
from actions.turn import Turn
from bot.knowledge import working_age
from bot.matching import offers, outreach, service131
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
            start=given(slots, "date"),
            age=given(slots, "age"),
            groups=given(slots, "group"),
        )

    def also(self, session: Session, saved: Any, turn: Turn, slots: Slots) -> Any:
        """Find posts and a course, and write down what was given."""
        wish = outreach.wish_of(saved)
        found = service131.give(session, saved.person_id, saved.id, saved.campaign, wish, turn.received_at)
        kinds = {
            "career_guidance": found.guidance,
            "job_recommendation": found.posts,
            "training_recommendation": found.course,
        }
        for kind, was_given in kinds.items():
            if was_given:
                services.record(session, _service(saved, turn, kind))
        return found, service131.state(session, saved.person_id, saved.campaign)

    def thanks(self, saved: Saved) -> list[Reply]:
        """The receipt, guidance, posts, the course, and what of the three is still to come."""
        found, state = saved.more
        receipt = Reply(f"登记好了。\n回执号：{saved.receipt}（请记下来，报回执号就能查、能撤回）")
        replies = [receipt, Reply(f"先给您几句实在话（职业指导）：\n{found.advice}"), _posts(found), _course(found)]
        protection = working_age.young(given(saved.slots, "age"))
        if protection is not None:
            replies.append(protection)
        if state.missing:
            mine = Button("我的登记", "/check_my_request")
            replies.append(Reply(f"{state.missing}，有新的合适的，工作人员打电话告诉您。", [mine]))
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
    return offers.posts("给您找到的岗位：", found.wish, found.posts)


def _course(found: service131.Given) -> Reply:
    if found.course is None:
        return Reply("眼下没有和这一行对口的培训班。")
    return offers.told("推荐一门培训：", [offers.course(found.course)])
