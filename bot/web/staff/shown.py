"""What records are called on staff pages."""

from __future__ import annotations

from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS, topic_of
from bot.campaign.model import Pack
from bot.knowledge import answers, help_topics
from bot.records.models import HelpRequest, JobIntention, Registration, Vacancy

REGISTRATIONS = {"job_intention": "求职登记", "help_request": "求助登记", "vacancy": "招工登记"}
STATES = {"open": "正在办", "withdrawn": "本人撤回", "closed": "已办结", "erased": "已删除"}
CHANNELS = {"web": "网页", "hotline": "热线", "import": "登记册", "wechat": "微信"}
GENDERS = {"male": "男", "female": "女"}
POVERTY = {True: "是", False: "不是"}
UNKNOWN = "没问"

_JOB = {
    "kind_of_work": "想做",
    "place": "想去的地方",
    "pay": "工资",
    "start": "什么时候能上班",
    "age": "年龄",
    "groups": "人员类别",
}
_VACANCY = {
    "company": "单位",
    "kind_of_work": "招的岗位",
    "headcount": "人数",
    "pay": "工资",
    "place": "上班地点",
    "requirements": "要求",
}


def details(left: Registration) -> list[tuple[str, str]]:
    """What was left, as label and value; without what was not said."""
    if isinstance(left, HelpRequest):
        return [("哪方面", help_topic(left)), *([("事情", left.story)] if left.story else [])]
    labels = _JOB if isinstance(left, JobIntention) else _VACANCY if isinstance(left, Vacancy) else {}
    return [(label, str(value)) for name, label in labels.items() if (value := getattr(left, name)) is not None]


def help_topic(left: HelpRequest) -> str:
    """What kind of help is asked for."""
    named = {topic.code: topic.name for topic in help_topics.topics()}
    return named.get(left.topic, str(left.topic))


def topics(pack: Pack) -> dict[str, str]:
    """Each topic of a service record → its name."""
    asked = {topic_of(intent): answers.title_of(pack, intent) for intent in (*CAMPAIGN_INTENTS, *RIGHTS_INTENTS)}
    helped = {topic.code: topic.name for topic in help_topics.topics()}
    return {**helped, **asked, "job_intention": "求职", "vacancy": "招工"}
