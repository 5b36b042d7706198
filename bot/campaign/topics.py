"""What the topic of a service is called in Chinese."""

from __future__ import annotations

from bot.campaign.intents import RIGHTS_INTENTS, topic_of
from bot.campaign.model import Pack

#: Topics that are no question of the campaign or about rights: help requests and what is left with a job intention.
_OTHER = {
    "employment": "找工作",
    "training": "学技能",
    "rights": "工资、工伤等维权",
    "relief": "生活困难",
    "travel": "返乡返岗车票",
    "psychological": "心理",
    "other": "其他",
    "job_intention": "求职登记",
    "vacancy": "招人登记",
}


def topic_names(pack: Pack) -> dict[str, str]:
    """Code of each topic → its name: the pack's own title of a question, else the name that buttons have."""
    questions = {topic_of(intent): entry.title for intent, entry in pack.answers.items()}
    rights = {topic_of(intent): name for intent, name in RIGHTS_INTENTS.items()}
    return {**rights, **questions, **_OTHER}
