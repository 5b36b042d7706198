"""The forms as data: what is asked for, in which order, and the summary that is confirmed."""

from __future__ import annotations

from collections.abc import Callable

from actions import fields
from actions.forms import YES, Field, Form, Slots
from bot.grammar import ages, company, dates, gender, groups, headcount, receipts
from bot.knowledge import help_topics

YES_OR_NO = {"affirm": "yes", "deny": "no"}
GENDERS = {"男": "male", "女": "female"}


def _summary(form: Callable[[], Form], closing: str) -> Callable[[Slots], str]:
    """The sentence before saving: everything that was given, the phone masked."""

    def write(slots: Slots) -> str:
        lines = [f"{one.label}：{one.shown(value)}" for one, value in form().filled(slots)]
        return "\n".join(["您看对不对：", *lines, closing])

    return write


def _kept(slot: str, label: str, loose: Callable[[str], str | None], also: tuple[str, ...] = ()) -> Field:
    """A field that is kept when it is said, never asked."""
    return Field(
        slot=slot,
        label=label,
        also_called=also,
        ask=fields.says(f"{label}？请写一下。"),
        again=f"没看懂{label}，请换个说法。",
        loose=loose,
        accepts=lambda value: 0 < len(value) <= fields.LONGEST_KEPT,
        is_asked=False,
        is_list=slot == "groups",
    )


JOB_INTENTION = Form(
    "job_intention_form",
    "求职登记",
    (
        fields.consent_field("job_intention", "好，我帮您登记求职意向，最多问6样，一两分钟。"),
        fields.work_field(
            "您想做什么工作？比如：保安、保洁、厨师、电工。",
            "没看懂您想做哪一行。写工种就行，比如：保安、保洁、厨师。",
            why="知道您想做哪一行，才好给您找对口的岗位。",
        ),
        fields.sensitive_field(),
        fields.unit_field("您住在（或想在）哪个街道？", "知道在哪个街道，才好找离您近的，也好让那个街道的人联系您。"),
        fields.name_field("工作人员打电话时好称呼您。"),
        fields.phone_field("您的电话号码是多少？有合适的岗位好通知您。", "有合适的岗位，工作人员打这个电话告诉您。"),
        Field(
            slot="gender",
            label="性别",
            ask=fields.says("您是男士还是女士？（统计要用，不说也行）"),
            again="请点“男”“女”，或者“不想说”。",
            why="上级的统计表要数其中有多少女同志，只数人数。",
            loose=gender.parse,
            exact=gender.parse,
            accepts=lambda value: value in GENDERS.values(),
            choices=lambda: GENDERS,
            shown=lambda value: {code: name for name, code in GENDERS.items()}[value],
            is_optional=True,
        ),
        Field(
            slot="poverty_alleviated",
            label="脱贫人口",
            also_called=("脱贫户", "建档立卡"),
            ask=fields.says("您家是脱贫户（以前的建档立卡户）吗？（统计和帮扶要用，不说也行）"),
            again="请点“是”“不是”，或者“不想说”。",
            why="脱贫户有专门的帮扶，统计表也要数人数。",
            loose=groups.parse_poverty_alleviated,
            accepts=lambda value: value in YES_OR_NO.values(),
            choices=lambda: {"是": "yes", "不是": "no"},
            by_intent=YES_OR_NO,
            shown=lambda value: "是" if value == YES else "不是",
            is_optional=True,
        ),
        _kept("place", "想去的地方", fields.free_text(1, 30), ("地点",)),
        fields.pay_field("您想要多少工资？比如：4000到5000一个月。", is_asked=False),
        _kept("start", "什么时候能上班", fields.free_text(1, 20), ("上班时间",)),
        _kept("age", "年龄", ages.parse_answer),
        _kept("groups", "人员类别", groups.parse),
        fields.confirm_field(lambda slots: _JOB_SUMMARY(slots)),
    ),
)
_JOB_SUMMARY = _summary(lambda: JOB_INTENTION, "对的话我就登记，马上给您看合适的岗位。")

HELP_REQUEST = Form(
    "help_request_form",
    "求助登记",
    (
        fields.consent_field("help_request", "好，我把您的事记下来，请工作人员联系您，最多问5样。"),
        Field(
            slot="topic",
            label="哪方面的事",
            ask=fields.says("是哪方面的事？"),
            again="请点一个最接近的，拿不准就点“其他”。",
            why="不同的事由不同的人办，分清楚了才快。",
            exact=help_topics.parse,
            loose=help_topics.parse,
            accepts=lambda value: value in _help_topics().values(),
            choices=lambda: _help_topics(),
            shown=help_topics.name_of,
            also_called=("种类",),
        ),
        Field(
            slot="story",
            label="事情",
            ask=fields.says("是怎么回事？写一两句就行：什么事、什么时候、在哪里。"),
            again="再多写几个字，工作人员才知道怎么帮您。",
            why="工作人员先看明白，打电话时就不用您从头讲。",
            loose=fields.free_text(4, fields.LONGEST_FREE_TEXT),
            takes_questions=True,
            also_called=("经过", "情况"),
        ),
        fields.sensitive_field(),
        fields.unit_field("您在哪个街道？", "每个街道有自己的经办人员，报对了街道，找您的人才快。"),
        fields.phone_field("工作人员打哪个电话找您？", "不留电话，工作人员就没法回您。"),
        Field(
            slot="urgent",
            label="急不急",
            ask=fields.says("急不急？今天就要人管，就点“很急”。"),
            again="请点“很急”或“不急”。",
            why="急的排在最前面。",
            loose=urgency.parse,
            exact=urgency.parse,
            accepts=lambda value: value in YES_OR_NO.values(),
            choices=lambda: {"很急": YES, "不急": NO},
            by_intent=YES_OR_NO,
            shown=lambda value: "很急，今天就要人管" if value == YES else "不急",
        ),
        fields.name_field("工作人员打电话时好称呼您。", is_asked=False),
        fields.confirm_field(lambda slots: _HELP_SUMMARY(slots)),
    ),
)
_HELP_SUMMARY = _summary(lambda: HELP_REQUEST, "对的话我就报给工作人员。")


VACANCY = Form(
    "vacancy_form",
    "招工登记",
    (
        fields.consent_field("vacancy", "好，我帮您登记招工，最多问6样。"),
        Field(
            slot="company",
            label="单位名称",
            ask=fields.says("单位叫什么名字？"),
            again="请写单位的名称，比如：某某餐饮店、某某物业公司。",
            why="求职的人要知道是给谁干活，工作人员也要核实。",
            exact=company.parse,
            loose=company.parse_answer,
            accepts=lambda value: company.parse_answer(value) is not None,
            also_called=("公司", "店名"),
        ),
        fields.work_field("招什么工种？", "没看懂招什么工种。写工种就行，比如：服务员、焊工。", label="招的岗位", why="写清楚岗位，才好给您找对人。"),
        Field(
            slot="headcount",
            label="招几个人",
            ask=fields.says("招几个人？"),
            again="没看懂人数。请写数字，比如：3个。",
            why="知道要几个人，好安排给您介绍多少。",
            loose=headcount.parse_answer,
            exact=headcount.parse,
            accepts=lambda value: headcount.parse_answer(value) == value,
            shown=lambda value: f"{value}人",
            also_called=("人数",),
        ),
        fields.pay_field("工资多少？比如：4000到5000一个月，或者“面议”。", is_asked=True, why="写明工资，来问的人才多，也省得白跑。"),
        Field(
            slot="place",
            label="上班地点",
            ask=fields.says("在哪里上班？写街道或者地址。"),
            again="请写上班的地方，比如：大坪街道某某路。",
            why="求职的人先看远近。",
            loose=fields.free_text(2, 60),
            accepts=lambda value: 0 < len(value) <= 60,
            choices=lambda: {name: name for name in fields.unit_names()},
            also_called=("地点", "地址"),
        ),
        fields.phone_field("求职的人打哪个电话？", "求职的人和工作人员都打这个电话找您。"),
        _kept("requirements", "要求", fields.free_text(2, 200)),
        fields.name_field("打电话时好称呼您。", is_asked=False),
        fields.confirm_field(lambda slots: _VACANCY_SUMMARY(slots)),
    ),
)
_VACANCY_SUMMARY = _summary(lambda: VACANCY, "对的话我就报给工作人员核实；还有要求可以补上。")


FIND_RECORD = Form(
    "find_record_form",
    "查登记",
    (
        Field(
            slot="receipt",
            label="回执号",
            ask=fields.says("请报回执号，8位数字，登记完的时候给过您。"),
            again="回执号是8位数字，请再看一下。忘了的话，用当时登记的那部手机说“我的登记”也能看。",
            why="凭回执号才能看，别人看不到您的登记。",
            loose=receipts.parse,
            exact=receipts.parse,
        ),
        Field(
            slot="last_four",
            label="电话后四位",
            ask=fields.says("再报登记时留的电话的后四位。"),
            again="请只写电话的最后四个数字。",
            why="两样都对上，才能确认是您本人。",
            loose=receipts.parse_last_four,
            exact=receipts.parse_last_four,
        ),
    ),
)

NOTE = Form(
    "note_form",
    "补充登记",
    (
        Field(
            slot="note",
            label="补充的话",
            ask=fields.says("您要补充什么？直接写。"),
            again="请写几个字，最多五百字。",
            loose=fields.free_text(2, fields.LONGEST_FREE_TEXT),
            takes_questions=True,
        ),
        fields.sensitive_field(),
    ),
)

FORMS = {form.name: form for form in (JOB_INTENTION, HELP_REQUEST, VACANCY, FIND_RECORD, NOTE)}


def _help_topics() -> dict[str, str]:
    return {topic.name: topic.code for topic in help_topics.topics()}
