"""The forms in which people write dates, each with its reader.

They are tried in their order, and what one has matched is not looked at again, read or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from bot.grammar import date_readers as read
from bot.grammar import festivals
from bot.grammar.date_readers import ONES
from bot.grammar.spans import Span

Reader = Callable[["re.Match[str]", date, date], "Span | None"]

_NUMBER = rf"(?:\d{{1,2}}|[二三]?十[{ONES}]?|廿[{ONES}]?|[{ONES}])"
#: After a day without 号: what makes it a number of something else (2月3个人, 2.5天).
_NOT_A_DAY = rf"(?![\d{ONES}十]|\.\d|\s?[个天人块元毛角千百万倍折岁名位点时分%米公斤吨k平㎡小寸亩家版])"
_PART = r"(?P<part>上旬|中旬|下旬|底(?!薪)|末|初|中)"
_YEAR = r"(?:(?<!\d)(?P<year>20\d\d|[23]\d)年|(?P<said_year>今年|明年|后年)的?)"
#: With a year, or with nothing before it that makes it a number (三个月) or another year's (1990年2月).
_MONTH = rf"(?:{_YEAR}|(?<![\d.第个年{ONES}十]))(?P<month>{_NUMBER})月"
#: 2月的工资 is no plan for February.
_OWED = r"(?!份?的?(?:工资|工钱|加班|社保|考勤|钱))"


@lru_cache(maxsize=1)
def forms() -> list[tuple[re.Pattern[str], Reader]]:
    """Every form with its reader, in the order in which they are tried."""
    feasts = "|".join(sorted(map(re.escape, festivals.by_word()), key=len, reverse=True))
    lunar_day = rf"初?(?P<day>{_NUMBER}){_NOT_A_DAY}号?"
    first_ten = rf"(?P<day>[{ONES}十])(?![定些个起学毕文年级切直旦生班样般次])"
    written: list[tuple[str, Reader]] = [
        (
            rf"(?:[去前]年|(?<!\d)(?:19\d\d|[4-9]\d)年|每年)的?(?:(?:{_NUMBER}|[正冬腊])月(?:初?{_NUMBER}[号日]?|{_PART})?|{feasts})"
            rf"|(?:上|每)个?月(?:{_NUMBER}[号日]|[初中底末])?|(?:上|每)个?(?:周|星期|礼拜)[一二三四五六日天末]?",
            read.not_meant,
        ),
        (r"(?<!\d)(?P<year>20\d\d)(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)", read.full_date),
        (rf"(?:大年|(?<![今明去前])年)三十(?:晚上?|夜)?(?![{ONES}岁])|除夕|三十(?:晚上|夜)", read.new_years_eve),
        (rf"(?:农历|阴历|旧历)?(?P<named>[正冬腊])月(?:{lunar_day}|[里间])?", read.lunar_date),
        (rf"(?:农历|阴历|旧历)(?P<named>{_NUMBER})月{lunar_day}", read.lunar_date),
        (rf"(?P<named>{_NUMBER})月初{first_ten}", read.lunar_date),
        (
            rf"(?P<new_year>大?年|新年)?(?<![当最起之月读上念])(?!(?<=我)初[一二三](?:$|[,。的了嘛学]))初{first_ten}",
            read.lunar_day,
        ),
        (rf"{_MONTH}份?的?(?P<day>{_NUMBER})(?:[号日]|{_NOT_A_DAY})", read.month_day),
        (
            rf"(?<![满欠用签龄休孕近拖几训习干做前])(?<![干做上欠差]了){_MONTH}(?:份?{_PART}|份?)(?![\d怀]){_OWED}",
            read.month_day,
        ),
        (
            r"(?<![\d./:v￥$约第资薪午晚早])(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?:号|日|(?!上班|下班)"
            + _NOT_A_DAY
            + ")",
            read.dotted,
        ),
        (r"(?<![\d./:])(?P<month>\d{1,2})/(?P<day>\d{2})(?:号|日|" + _NOT_A_DAY + ")", read.dotted),
        (
            r"(?P<rel>下下个?|下个?|这个?|本)(?:周|星期|礼拜)(?P<day>[一二三四五六日天末](?!天))?(?![边围岁年])(?:以?内|之内)?",
            read.week,
        ),
        (
            rf"(?<![{ONES}十两几半整全\d])(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])(?!天|[双单]休)",
            read.week,
        ),
        (
            r"(?P<day>大后|(?<![然以之今最先前班完饭])后)[天日]|(?P<near>[今明])(?:[天日]|儿个?|早上?|晚上?)",
            read.day_ahead,
        ),
        (rf"(?P<rel>下下个?|下个?|这个?|本|当)月(?:份?{_PART}|份?){_OWED}", read.this_month),
        (rf"(?<![个半{ONES}十几\d])月{_PART}", read.this_month),
        (
            rf"(?<![\d.第\]〕路街巷弄村栋幢楼号门班床工学线铁道{ONES}十百话码编文尾单牌a-z])"
            rf"(?:(?P<begin>{_NUMBER})[号日]?[到至~—–-])?(?P<day>{_NUMBER})"
            r"(?:号(?![线楼门院店厂仓桌柜窗车机房铺馆文码库公井台栋幢单桥矿工地街路岗令字选染坑床人码桩屋井子])"
            r"|日(?!内|游|之|后|语|本|常|薪))",
            read.day_of_month,
        ),
        (
            r"(?:过年|春节|元宵)(?:以|之|过)?后(?!天)|(?:过完|过了|翻过|翻了|等过)(?:大?年|春节)|[翻开]年(?:以后|之后|过?后)?"
            rf"|(?<![\d{ONES}十两几半多数去今明前后成百])年(?:以|之|过)?后(?!天)",
            read.after_new_year,
        ),
        (rf"(?<![{ONES}十零\d])(?P<festival>{feasts})(?![{ONES}十零\d]){_OWED}", read.festival),
        (r"现在|马上|立刻|立马|立即|随时|这会儿", read.from_now),
    ]
    return [(re.compile(pattern), reader) for pattern, reader in written]
