"""Every setting in one table, from the environment and from `.env`."""

from __future__ import annotations

import logging
import os
import re
import sys
from datetime import date, datetime
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BaseSettings, Field, SecretStr, ValidationError, root_validator, validator

from bot.errors import UserError

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "CHUNFENG_"
DATABASE_NAME = "chunfeng.db"
_SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")

#: Scheme, host and perhaps a port; a star may stand for the first part of the host.
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?")


class Settings(BaseSettings):
    """The settings; `description` is the help text that docs/settings.md repeats."""

    campaign: str = Field(
        "yuzhong-2022",
        description="The campaign that is running: the name of a pack in data/campaigns, without .yml.",
    )
    data_dir: Path = Field(
        None,
        description="Folder of the database, the conversations and the key. "
        "Default: var, or var/demo when CHUNFENG_NOW is set.",
    )
    database_url: str = Field(
        "",
        description="SQLAlchemy address of the records. Default: SQLite, chunfeng.db in DATA_DIR.",
    )
    tracker_url: str = Field(
        "",
        description="SQLAlchemy address of Rasa's conversations. Default: SQLite, tracker.db in DATA_DIR.",
    )
    secret_key: SecretStr | None = Field(
        None,
        description="The key that encrypts names, phones and texts. "
        "Default: made on first start and kept in DATA_DIR/secret.key (mode 600). Back it up.",
    )
    now: datetime | None = Field(
        None,
        description="Demonstration clock: the Beijing time it starts from, 2022-02-15T09:00. It runs on.",
    )
    clock_offset: float | None = Field(
        None,
        description="Seconds between the demonstration clock and the real one. "
        "Worked out once by `serve` for all its processes; not set by hand.",
    )
    host: str = Field("127.0.0.1", description="Address the front door listens on.")
    port: int = Field(
        8000, env="PORT", ge=1, le=65535, description="Port of the front door. Written PORT, without the prefix."
    )
    rasa_url: str = Field(
        "http://127.0.0.1:5005",
        description="Where the front door finds Rasa. `serve` picks a free loopback port and sets it.",
    )
    actions_url: str = Field(
        "http://127.0.0.1:5055/webhook",
        description="Where Rasa finds the action server. `serve` picks a free loopback port and sets it.",
    )
    rasa_timeout: float = Field(
        20.0,
        gt=0,
        description="Seconds the front door waits for Rasa's answer before the message goes to the clerks.",
    )
    max_text: int = Field(1000, ge=50, description="Longest message a person can send, in characters.")
    session_per_minute: int = Field(
        60, ge=1, description="Messages a minute that one session may send; who sends more is asked to wait."
    )
    address_per_minute: int = Field(
        1200,
        ge=1,
        description="Messages a minute from one network address. Generous: a whole job fair may share one. "
        "This machine's own addresses are not limited: a proxy may stand there for everybody.",
    )
    embed_origins: str = Field(
        "",
        description="Sites that may show the chat in a frame (docs/embed.md), with commas between them, "
        "each from its scheme to its host. Empty: none.",
    )
    platform_url: str = Field(
        "",
        description="Address of the district's platform that registrations are also sent to (docs/platform.md): "
        "https, or http on this machine. Empty: nothing is sent.",
    )
    platform_key: SecretStr | None = Field(
        None,
        description="Key for the platform, sent as `Authorization: Bearer`. Needed with CHUNFENG_PLATFORM_URL.",
    )
    district_key: SecretStr | None = Field(
        None,
        description="Key that all streets of a district share, for files in which nobody counts twice "
        '(docs/counting.md, "Roll-up"): 32 characters or more, the same everywhere, given out by the district.',
    )
    import_timeout: float = Field(
        30.0, gt=0, description="Seconds a sheet on the web may take to arrive before the last good rows are kept."
    )
    import_max_mb: int = Field(50, ge=1, description="Largest sheet that is fetched from the web, in megabytes.")
    staff_idle_minutes: int = Field(
        30, ge=1, description="Minutes without a key or a click after which a clerk must sign in again."
    )
    staff_session_hours: int = Field(10, ge=1, description="Hours after which a clerk must sign in again anyway.")
    claim_minutes: int = Field(
        15, ge=1, description="Minutes after which a clerk who left gives back what they took from the queue."
    )
    office_hours: str = Field(
        "09:00-12:00,14:00-18:00",
        description="When clerks answer on working days, Beijing time: 09:00-12:00,14:00-18:00.",
    )
    holidays: str = Field(
        "", description="Days off beyond what chinese-calendar knows: 2027-02-05,2027-02-08. They come before it."
    )
    workdays: str = Field("", description="Make-up working days, written as CHUNFENG_HOLIDAYS is.")

    class Config:
        env_prefix = PREFIX
        env_file = ROOT / ".env"
        env_file_encoding = "utf-8"

    @root_validator(pre=True)
    def _empty_is_unset(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in values.items() if value != ""}

    @validator("embed_origins")
    def _origins_are_origins(cls, origins: str) -> str:
        for origin in (one.strip() for one in origins.split(",") if origins):
            if not _ORIGIN.fullmatch(origin) or (origin.startswith("http:") and not is_loopback(origin)):
                raise ValueError("要写网站的地址，https:// 开头，到域名为止，几个之间用逗号隔开")
        return origins

    @validator("platform_url")
    def _platform_is_safe(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (not parts.hostname or parts.scheme not in ("https", "http")):
            raise ValueError("要写完整的网址")
        if parts.scheme == "http" and not is_loopback(url):
            raise ValueError("登记里有姓名和电话，地址要用 https（本机的除外）")
        return url

    @validator("platform_key", always=True)
    def _platform_has_its_key(cls, key: SecretStr | None, values: dict[str, Any]) -> SecretStr | None:
        if key is None and values.get("platform_url"):
            raise ValueError("设了 CHUNFENG_PLATFORM_URL，也要设平台给的密钥")
        if key is not None and not re.fullmatch(r"[!-~]+", key.get_secret_value()):
            raise ValueError("密钥只能是英文字母、数字和符号，中间没有空格")
        return key

    @validator("office_hours")
    def _hours_in_order(cls, hours: str) -> str:
        if not all(_SPAN.fullmatch(span) for span in hours.split(",")):
            raise ValueError("请写成 09:00-12:00,14:00-18:00")
        times = re.split("[-,]", hours)
        if times != sorted(set(times)):
            raise ValueError("时间要从早到晚写，不能交叉")
        return hours

    @validator("holidays", "workdays")
    def _days(cls, days: str) -> str:
        for day in days.split(",") if days else ():
            try:
                date.fromisoformat(day)
            except ValueError:
                raise ValueError(f"日期不对：{day}，请写成 2027-02-05，几天之间用英文逗号") from None
        return days

    @root_validator
    def _fill_places(cls, values: dict[str, Any]) -> dict[str, Any]:
        folder = values.get("data_dir") or Path("var/demo" if values.get("now") else "var")
        values["data_dir"] = folder if folder.is_absolute() else ROOT / folder
        for key, name in (("database_url", DATABASE_NAME), ("tracker_url", "tracker.db")):
            values[key] = values.get(key) or f"sqlite:///{values['data_dir'] / name}"
        return values


def variable(field: str) -> str:
    """The environment variable that sets `field`: `PORT` for `port`, `CHUNFENG_…` for the others."""
    return "PORT" if field == "port" else PREFIX + field.upper()


def is_loopback(url: str) -> bool:
    """Whether an address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def written_names() -> set[str]:
    """The names of all variables that are set, in the environment or in `.env`."""
    return {name.upper() for name in (*os.environ, *dotenv_values(ROOT / ".env"))}


def load() -> Settings:
    """Read the settings now.

    Raises:
        UserError: a value does not fit. A CHUNFENG_ variable that does not exist only warns: it may
            belong to a newer version that shares the environment.
    """
    known = {variable(name) for name in Settings.__fields__}
    for name in sorted(written_names()):
        if name.startswith(PREFIX) and name not in known:
            log.warning("没有 %s 这个设置，不起作用；现有设置见 docs/settings.md", name)
    try:
        return Settings.parse_obj({})
    except ValidationError as error:
        first = error.errors()[0]
        raise UserError(
            f"设置 {variable(str(first['loc'][0]))} 不对：{first['msg']}；说明见 docs/settings.md"
        ) from None


@lru_cache(maxsize=1)
def get() -> Settings:
    """The settings of this process, read once at first use."""
    return load()


def use_demonstration_if_alone() -> None:
    """Let a command that only reads look at the demonstration, when that is all there is.

    With neither DATA_DIR nor NOW set and no real database yet, `make run` has written to var/demo;
    a report asked for beside it means those records. It is said on standard error.
    """
    current = get()
    demonstration = ROOT / "var" / "demo"
    chosen = {variable("data_dir"), variable("database_url"), variable("now")} & written_names()
    if chosen or (current.data_dir / DATABASE_NAME).exists() or not (demonstration / DATABASE_NAME).exists():
        return
    print(f"（没有正式数据，下面是演示数据 {demonstration.relative_to(ROOT)} 里的）", file=sys.stderr)
    os.environ[variable("data_dir")] = str(demonstration)
    get.cache_clear()
