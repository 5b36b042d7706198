"""`/staff/unanswered`: questions nobody could answer, by meaning; answering them; taking the answers to a file."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock, settings
from bot.campaign import load
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.errors import UserError
from bot.knowledge import answers
from bot.records import audit, database, question_groups, staff_answers, unanswered
from bot.records.staff_answers import Written
from bot.web.staff import answers_file, guard, pages
from bot.web.staff.refusals import Refusal

router = APIRouter()

_PATH = "/staff/unanswered"


@router.get(_PATH)
def show(request: Request, who: guard.Clerk) -> Response:
    """The list, and the answers in force."""
    campaign = settings.get().campaign
    with database.writing() as session:
        audit.note(session, who.account.id, "question.look", "", clock.now())
    with database.reading() as session:
        questions = unanswered.open_questions(session, campaign)
        known = staff_answers.in_force(session, campaign)
    return pages.page(
        request,
        who,
        "staff/unanswered.html",
        groups=question_groups.group(questions),
        left_out=max(0, len(questions) - question_groups.MOST_COMPARED),
        known=known,
        topics=_topics(),
    )


@router.post(_PATH)
def write(request: Request, who: guard.Clerk, form: guard.Posted) -> Response:
    """Answer a group of questions, for everybody from now on."""
    topic = form.get("topic", "")
    if topic not in _topics():
        raise Refusal(422, "请选归到哪一类。")
    written = Written(form.get("questions", "").splitlines(), form.get("answer", ""), form.get("source", ""), topic)
    try:
        with database.writing() as session:
            campaign = settings.get().campaign
            made = staff_answers.write(session, campaign, written, _digests(form), who.account.id, clock.now())
            audit.note(session, who.account.id, "question.answer", f"answer:{made.id}", clock.now())
    except UserError as error:
        raise Refusal(422, f"{error}。") from None
    return pages.done(request, _PATH)


@router.post(f"{_PATH}/dismiss")
def dismiss(request: Request, who: guard.Clerk, form: guard.Posted) -> Response:
    """Take questions off the list that need no answer."""
    with database.writing() as session:
        campaign = settings.get().campaign
        staff_answers.settle(session, campaign, _digests(form), None, who.account.id, clock.now())
        audit.note(session, who.account.id, "question.answer", "", clock.now())
    return pages.done(request, _PATH)


@router.post(f"{_PATH}/{{answer_id}}/retire")
def retire(request: Request, answer_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Take an answer back."""
    with database.writing() as session:
        if not staff_answers.retire(session, answer_id, clock.now()):
            raise Refusal(404, "没有这条回答，或者已经停用了。")
        audit.note(session, who.account.id, "question.answer", f"answer:{answer_id}", clock.now())
    return pages.done(request, _PATH)


@router.get(f"{_PATH}.yml")
def export(request: Request, who: guard.Clerk) -> Response:
    """The answers in force as knowledge entries."""
    campaign = settings.get().campaign
    with database.writing() as session:
        audit.note(session, who.account.id, "question.export", "", clock.now())
    with database.reading() as session:
        content = answers_file.render(staff_answers.in_force(session, campaign))
    return pages.file(content, f"answers-{campaign}.yml", "application/yaml; charset=utf-8")


def _topics() -> dict[str, str]:
    pack = load.current()
    return {intent: answers.title_of(pack, intent) for intent in (*CAMPAIGN_INTENTS, *RIGHTS_INTENTS)}


def _digests(form: guard.Form) -> list[str]:
    return [digest for digest in form.get("digests", "").split(",") if digest]
