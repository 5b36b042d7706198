"""The forms as data: what is asked for, in which order, and the summary that is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions import fields, reading
from actions.consent import AGREED, confirm_field, consent_field, sensitive_field, told_freely
from actions.forms import NO, YES, Field, Form, says
from bot.grammar import company, receipts, urgency
from bot.knowledge import help_topics, working_age


def _kept(slot: str, label: str, loose: Callable[[str], str | None], **more: Any) -> Field:
    """A field that is kept when it is said, never asked."""
    usual = {
        "ask": says(f"{label}？请写一下。"),
        "again": f"没看懂{label}，请换个说法。",
        "accepts": lambda value: 0 < len(value) <= fields.LONGEST_KEPT,
    }
    return Field(slot=slot, label=label, loose=loose, is_asked=False, **{**usual, **more})


def _help_topics() -> dict[str, str]:
    return {topic.name: topic.code for topic in help_topics.topics()}


JOB_INTENTION = Form(
    "job_intention_form",
    "求职登记",
    "登记找工作",
    (
        consent_field("job_intention"),
        fields.work_field(
            "您想做什么工作？比如：保安、保洁、厨师；什么活都行，就说“都行”。",
            "没看懂您想做哪一行。写工种就行，比如：保安、保洁、厨师。",
            why="知道您想做哪一行，才好给您找对口的岗位。",
            may_be_any=True,
        ),
        sensitive_field(),
        fields.unit_field("您住在（或想在）哪个街道？", "知道在哪个街道，才好找离您近的，也好让那个街道的人联系您。"),
        fields.name_field("工作人员打电话时好称呼您。"),
        fields.phone_field("您的电话号码是多少？有合适的岗位好通知您。", "有合适的岗位，工作人员打这个电话告诉您。"),
        fields.GENDER,
        fields.POVERTY_ALLEVIATED,
        _kept("place", "想去的地方", reading.free_text(1, 30), shown=reading.spoken_place, also_called=("地点",)),
        fields.pay_field("您想要多少工资？比如：4000到5000一个月。", is_asked=False),
        _kept("date", "什么时候能上班", reading.read_date, shown=reading.spoken_date, also_called=("上班时间",)),
        _kept(
            "age",
            "年龄",
            reading.read_age,
            ask=says("找工作的人今年多大？写个数字就行。"),
            again="请只写岁数，比如：18。",
            why="年纪太小的不能登记，所以先问一声。",
            shown=lambda value: f"{value}岁",
        ),
        _kept("group", "人员类别", reading.read_groups, shown=reading.spoken_groups, is_list=True),
        confirm_field("对的话我就登记，马上给您看合适的岗位。"),
    ),
    refuses={"age": working_age.too_young},
    needs={"age": working_age.sounds_young},
)

HELP_REQUEST = Form(
    "help_request_form",
    "求助登记",
    "请人联系我",
    (
        consent_field("help_request"),
        Field(
            slot="topic",
            label="哪方面的事",
            ask=says("是哪方面的事？"),
            again="请点一个最接近的，拿不准就点“其他”。",
            why="不同的事由不同的人办，分清楚了才快。",
            exact=help_topics.parse,
            loose=help_topics.parse,
            accepts=lambda value: value in _help_topics().values(),
            choices=_help_topics,
            shown=help_topics.name_of,
            also_called=("种类",),
        ),
        Field(
            slot="story",
            label="事情",
            again="再多写几个字，工作人员才知道怎么帮您。",
            why="工作人员先看明白，打电话时就不用您从头讲。",
            loose=reading.free_text(4, fields.LONGEST_FREE_TEXT),
            answers_questions=True,
            **told_freely("是怎么回事？写一两句就行：什么事、什么时候、在哪里。"),
            shown=reading.without_numbers,
            also_called=("经过", "情况"),
        ),
        sensitive_field(),
        fields.unit_field("您在哪个街道？", "每个街道有自己的经办人员，报对了街道，找您的人才快。"),
        fields.phone_field("工作人员打哪个电话找您？", "不留电话，工作人员就没法回您。"),
        Field(
            slot="urgent",
            label="急不急",
            ask=says("急不急？今天就要人管，就点“很急”。"),
            again="请点“很急”或“不急”。",
            why="急的排在最前面。",
            loose=urgency.parse,
            exact=urgency.parse,
            accepts=lambda value: value in AGREED.values(),
            choices=lambda: {"很急": YES, "不急": NO},
            by_intent=AGREED,
            shown=lambda value: "很急，今天就要人管" if value == YES else "不急",
        ),
        fields.name_field("工作人员打电话时好称呼您。", is_asked=False),
        confirm_field("对的话我就报给工作人员。"),
    ),
)


VACANCY = Form(
    "vacancy_form",
    "招工登记",
    "我要招人",
    (
        consent_field("vacancy"),
        Field(
            slot="company",
            label="单位名称",
            ask=says("单位叫什么名字？"),
            again="请写单位的名称，比如：某某餐饮店、某某物业公司。",
            why="求职的人要知道是给谁干活，工作人员也要核实。",
            loose=company.parse_answer,
            strict=reading.read_company_beside,
            exact=reading.read_company_name,
            accepts=lambda value: company.parse_answer(value) is not None,
            also_called=("公司", "店名"),
        ),
        fields.work_field(
            "招什么工种？",
            "没看懂招什么工种。写工种就行，比如：服务员、焊工。",
            label="招的岗位",
            why="写清楚岗位，才好给您找对人。",
        ),
        Field(
            slot="headcount",
            label="招几个人",
            ask=says("招几个人？"),
            again="没看懂人数。请写数字，比如：3个。",
            why="知道要几个人，好安排给您介绍多少。",
            loose=reading.read_headcount,
            exact=reading.read_headcount,
            accepts=lambda value: reading.read_headcount(value) == value,
            shown=lambda value: f"{value}人",
            also_called=("人数",),
        ),
        fields.pay_field(
            "工资多少？比如：4000到5000一个月，或者“面议”。", is_asked=True, why="写明工资，来问的人才多，也省得白跑。"
        ),
        Field(
            slot="place",
            label="上班地点",
            ask=says("在哪里上班？写街道或者地址。"),
            again="请写上班的地方，比如：大坪街道某某路。",
            why="求职的人先看远近。",
            loose=reading.free_text(2, fields.LONGEST_KEPT),
            exact=reading.read_place,
            accepts=lambda value: 0 < len(value) <= fields.LONGEST_KEPT,
            is_whole=True,
            choices=lambda: {name: name for name in reading.unit_names()},
            also_called=("地点", "地址"),
        ),
        fields.phone_field("求职的人打哪个电话？", "求职的人和工作人员都打这个电话找您。"),
        _kept(
            "requirements",
            "要求",
            reading.read_requirements,
            alone=reading.read_requirement_alone,
            takes_questions=True,
        ),
        fields.name_field("打电话时好称呼您。", is_asked=False),
        confirm_field("对的话我就报给工作人员核实；还有要求可以补上。"),
    ),
)


FIND_RECORD = Form(
    "find_record_form",
    "查登记",
    "我的登记",
    (
        Field(
            slot="receipt",
            label="回执号",
            ask=says("请报回执号，8位数字，登记完的时候给过您。"),
            again="回执号是8位数字，请再看一下。忘了的话，用当时登记的那部手机说“我的登记”也能看。",
            why="凭回执号才能看，别人看不到您的登记。",
            loose=receipts.parse,
            exact=receipts.parse,
        ),
        Field(
            slot="last_four",
            label="电话后四位",
            ask=says("再报登记时留的电话的后四位。"),
            again="请只写电话的最后四个数字。",
            why="两样都对上，才能确认是您本人。",
            loose=receipts.parse_last_four,
            exact=receipts.parse_last_four,
        ),
    ),
    holds_nothing=True,
)

NOTE = Form(
    "note_form",
    "补充登记",
    "我的登记",
    (
        Field(
            slot="note",
            label="补充的话",
            again="请写几个字，最多五百字。",
            loose=reading.free_text(2, fields.LONGEST_FREE_TEXT),
            **told_freely("您要补充什么？直接写。"),
        ),
        sensitive_field(),
    ),
)

FORMS = {form.name: form for form in (JOB_INTENTION, HELP_REQUEST, VACANCY, FIND_RECORD, NOTE)}
