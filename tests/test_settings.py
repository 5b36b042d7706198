"""The settings table, and the page that explains it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot import clock, settings
from bot.errors import UserError

Use = Callable[..., None]


def test_the_demonstration_has_a_data_folder_of_its_own(use_settings: Use) -> None:
    assert settings.get().data_dir == settings.ROOT / "var"
    use_settings(CHUNFENG_NOW="2022-02-15T09:00")
    assert settings.get().data_dir == settings.ROOT / "var" / "demo"
    assert settings.get().database_url == f"sqlite:///{settings.ROOT}/var/demo/chunfeng.db"


def test_a_chosen_data_folder_is_used_as_it_is(use_settings: Use, tmp_path: Path) -> None:
    use_settings(CHUNFENG_NOW="2022-02-15T09:00", CHUNFENG_DATA_DIR=tmp_path)
    assert settings.get().data_dir == tmp_path


def test_the_real_folder_can_be_chosen_for_a_demonstration(use_settings: Use) -> None:
    use_settings(CHUNFENG_NOW="2022-02-15T09:00", CHUNFENG_DATA_DIR="var")
    assert settings.get().data_dir == settings.ROOT / "var"


def test_an_empty_variable_is_as_good_as_none(use_settings: Use) -> None:
    use_settings(CHUNFENG_NOW="", PORT="")
    assert settings.get().now is None
    assert settings.get().port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("PORT", "70000"), ("CHUNFENG_NOW", "yesterday"), ("CHUNFENG_RASA_TIMEOUT", "0")],
)
def test_a_value_that_does_not_fit_names_its_variable(use_settings: Use, name: str, value: str) -> None:
    use_settings(**{name: value})
    with pytest.raises(UserError, match=rf"设置 {name} 不对"):
        settings.get()


@pytest.mark.parametrize(
    ("url", "key", "said"),
    [
        ("https://platform.example/events", "", "CHUNFENG_PLATFORM_KEY 不对：设了 CHUNFENG_PLATFORM_URL，也要设"),
        ("http://platform.example/events", "key", "CHUNFENG_PLATFORM_URL 不对：登记里有姓名和电话，地址要用 https"),
        ("platform.example/events", "key", "CHUNFENG_PLATFORM_URL 不对：要写完整的网址"),
        ("ftp://127.0.0.1/events", "key", "CHUNFENG_PLATFORM_URL 不对：要写完整的网址"),
        ("https://platform.example/events", "密钥", "CHUNFENG_PLATFORM_KEY 不对：密钥只能是"),
        ("https://platform.example/events", "two words", "CHUNFENG_PLATFORM_KEY 不对：密钥只能是"),
    ],
)
def test_a_platform_that_would_not_be_safe_is_refused(use_settings: Use, url: str, key: str, said: str) -> None:
    use_settings(CHUNFENG_PLATFORM_URL=url, CHUNFENG_PLATFORM_KEY=key)
    with pytest.raises(UserError, match=said):
        settings.get()


@pytest.mark.parametrize("url", ["https://platform.example/events", "http://127.0.0.1:8080/", "http://localhost/x"])
def test_a_safe_platform_is_taken(use_settings: Use, url: str) -> None:
    use_settings(CHUNFENG_PLATFORM_URL=url, CHUNFENG_PLATFORM_KEY="secret-key")
    assert settings.get().platform_url == url
    assert "secret-key" not in repr(settings.get())


def test_a_misspelt_variable_warns(use_settings: Use, caplog: pytest.LogCaptureFixture) -> None:
    use_settings(CHUNFENG_DATBASE_URL="sqlite://")
    settings.get()
    assert "CHUNFENG_DATBASE_URL" in caplog.text


def test_every_setting_is_explained_in_the_docs() -> None:
    page = (settings.ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, field in settings.Settings.__fields__.items():
        assert f"| `{settings.variable(name)}` | {field.field_info.description} |" in page


def test_the_demonstration_clock_runs_on_from_its_time(use_settings: Use) -> None:
    use_settings(CHUNFENG_NOW="2022-02-15T23:59:59")
    first = clock.now()
    assert first >= clock.in_beijing(datetime(2022, 2, 15, 23, 59, 59))
    assert str(first.tzinfo) == "Asia/Shanghai"
    assert clock.now() >= first
    assert clock.is_demonstration()


def test_processes_share_the_offset_that_the_starter_worked_out(use_settings: Use) -> None:
    use_settings(CHUNFENG_NOW="2022-02-15T09:00", CHUNFENG_CLOCK_OFFSET="-3600")
    assert clock.offset().total_seconds() == -3600


def test_a_report_beside_the_demonstration_reads_the_demonstration(
    use_settings: Use, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    (tmp_path / "var" / "demo").mkdir(parents=True)
    (tmp_path / "var" / "demo" / "chunfeng.db").touch()
    settings.use_demonstration_if_alone()
    assert settings.get().data_dir == tmp_path / "var" / "demo"
    assert "演示数据" in capsys.readouterr().err


def test_real_records_are_never_passed_over_for_the_demonstration(
    use_settings: Use, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    for folder in (tmp_path / "var", tmp_path / "var" / "demo"):
        folder.mkdir(parents=True)
        (folder / "chunfeng.db").touch()
    settings.use_demonstration_if_alone()
    assert settings.get().data_dir == tmp_path / "var"
