"""Names of employers: 我们是重庆渝味火锅店, 巴渝物业招保安; not 我们公司 or a kind of place such as 晋江鞋厂."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic import Field

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import Found, exact_words, fold, phone

LONGEST_FOUND = 20
SHORTEST, LONGEST = 2, 40

_BRANCH = r"(?:(?![招聘缺差要找请的在是])[\u4e00-\u9fff]){2,3}分?店(?![员长])"
_CLAUSE = re.compile(r"[^,、。!?;\s\"“”‘’'<>《》\[\]【】]+")
_WORKER_AT = re.compile(r"[长员子家铺面主商妹服]")
#: A name begins after the last of these.
_LEAD_IN = re.compile(
    r".*(?:[这那有一了]家|[我咱你您他她俺]们?|单位|名称|名字|全称|店名|厂名|[的是在叫去被给帮替从跟了过这那哪某找请让把招说问没不个几每该到进开要]"
    r"|来电|企业|老板):?"
)
_INTRODUCED = re.compile(
    r"(?:们|[是在叫帮替]|单位|名称|名字|全称|店名|厂名|[这那]家|[这那][里边]|开了?[个家间])[:\s\"“‘《]*$"
)
_ANNOUNCES = re.compile(
    r"的?[\s,]*(?:我们|现在?|正?在|长期|急|诚|大量|年后|也|还|想|需?要|公开|常年|来电|请求)*"
    r"(?:招|聘|缺|登记|发布|发招|需要|的(?:老板|负责人|人事|经理|hr|主管))"
)
_NO_NAME = re.compile(
    r"[吗呢吧么什怎谁啥就都也还又才再很只后前时年月日天上下里外回退知批因所但如得着]|合同|工资|社保|劳动|工伤|签|赔|补|欠|辞|班|干|做|告|打工|因为|如果|现在"
)
_IN_A_NAME = re.compile(r"[\u4e00-\u9fffa-z0-9()·&\-]+")

_ANSWER_LEAD_IN = re.compile(
    r"(?:我们|咱们|俺们|我|咱|本)?(?:的?(?:单位|公司|店|厂|企业))?(?:的?(?:名字|名称|全称|店名|招牌))?(?:就?是叫?|就?叫做?|[:,\s])+"
    r"|(?:单位|公司)?(?:名称|全称|名字)"
)
_ANSWER_TAIL = re.compile(r"[的嘛哈呀啊哦噻啦吧。.,!~\s]+$")
_NO_ANSWER = re.compile(
    r"[?吗呢]|什么|怎么|咋|啥|多少|哪|几时|[没莫]有?得?名|没取|不告诉|不[想方]|保密|不晓得|不知道|不清楚"
    r"|招[人工聘]|要招|发布|登记|合同|工资|^(?:我[要想找]|帮我|请问|谢谢|为何)"
)
#: 公司 or 我们厂 alone says only what it is.
_ONLY_SORT = re.compile(r"(?:我们|咱们|我|咱|本)?的?(?:工|小)?(?:单位|公司|厂|店|企业|工地|老板|个体户?)")


class _Words(Part):
    endings: list[str] = Field(min_items=1)
    common_words: list[str] = Field(min_items=1)
    places: list[str] = Field(min_items=1)


class _Employers(Part):
    employers: _Words


@dataclass(frozen=True)
class _Patterns:
    """What the words of data/knowledge/employers.yml make."""

    ending: re.Pattern[str]
    places: re.Pattern[str]
    common_words: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = yamlfile.parse(_Employers, settings.ROOT / "data" / "knowledge" / "employers.yml").employers
    ending, common, place = (_one_of(lines) for lines in (words.endings, words.common_words, words.places))
    return _Patterns(
        re.compile(rf"{ending}(?:{common}{{0,4}}(?:公司|集团|项目部|工地))*(?:{_BRANCH})?"),
        re.compile(rf"^{place}+"),
        re.compile(rf"(?:{common}|{place}|{ending})*$"),
    )


def _one_of(lines: list[str]) -> str:
    """A pattern for any of the words, the longest first."""
    words = sorted({fold(word) for line in lines for word in line.split()}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, words))})"


def find(text: str) -> list[Found]:
    """Every employer that `text` names in introducing itself or in announcing posts, as it is written there."""
    folded = fold(text)
    found = []
    for clause in _CLAUSE.finditer(folded):
        position = clause.start()
        for ending in _patterns().ending.finditer(folded, clause.start(), clause.end()):
            start = _start(folded, position, ending.end())
            if start is not None and _is_presented(folded, start, ending):
                found.append(Found(start, ending.end(), text[start : ending.end()]))
            position = ending.end()
    return found


def parse_answer(text: str) -> str | None:
    """The name in an answer to "what is your employer called?"; None for a question, a phone or a refusal."""
    named = find(text)
    if len(named) == 1:
        return named[0].value
    said = _ANSWER_TAIL.sub("", text.strip())
    lead_in = _ANSWER_LEAD_IN.match(fold(said))
    said = said[lead_in.end() :].strip() if lead_in is not None else said
    folded = fold(said)
    if not SHORTEST <= len(said) <= LONGEST or exact_words.plain(said) in exact_words.words():
        return None
    if _NO_ANSWER.search(fold(text)) or _ONLY_SORT.fullmatch(folded) or phone.find(said):
        return None
    return said if re.search(r"[\u4e00-\u9fffa-z]", folded) else None


def _start(folded: str, position: int, end: int) -> int | None:
    """Where the name that ends at `end` begins; None when what is left is no name of its own."""
    lead_in = _LEAD_IN.match(folded, position, end)
    start = position if lead_in is None else lead_in.end()
    name = folded[start:end]
    if len(name) > LONGEST_FOUND or not _IN_A_NAME.fullmatch(name):
        return None
    own = _patterns().places.sub("", _patterns().common_words.sub("", name))
    return start if len(own) >= SHORTEST and not _NO_NAME.search(own) else None


def _is_presented(folded: str, start: int, ending: re.Match[str]) -> bool:
    """Whether the name is introduced (我们是…) or announces posts (…招保安; …，要招服务员)."""
    if ending.group() in ("店", "厂") and _WORKER_AT.match(folded, ending.end()):
        return False
    return bool(_INTRODUCED.search(folded[:start]) or _ANNOUNCES.match(folded, ending.end()))
