"""Reading the YAML files that clerks edit: data first, then a model, with errors that name the place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.errors import UserError
from bot.settings import ROOT

Model = TypeVar("Model", bound=BaseModel)

#: What pydantic says, in the words of somebody who is no programmer.
_CURES = {
    "value_error.missing": "缺这一项，请补上",
    "value_error.extra": "没有这个键，请检查拼写；写了回答的，请删去 not_covered: true",
    "type_error.none.not_allowed": "不能空着，请补上",
    "type_error.list": "应是一个列表（每行以“- ”开头）",
    "type_error.dict": "应是“键: 值”的形式",
    "type_error.integer": "应是整数",
    "type_error.str": "应是文字（数字请加引号）",
    "value_error.date": "日期不对，请写成 2022-01-21",
    "value_error.const": "只能是说明里列出的值",
}


class _TextDates(SafeConstructor):
    """Leaves dates as text: the model that reads them names the key when one is wrong."""


_TextDates.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def _reader() -> YAML:
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = _TextDates
    return reader


def shown(path: Path) -> str:
    """`path` as a reader of the repository writes it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def read(path: Path) -> dict[str, Any]:
    """Read the mapping in one YAML file. Dates stay text; a key written twice is an error.

    Raises:
        UserError: the file is missing, is not YAML, or is not a mapping.
    """
    try:
        data = _reader().load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{shown(path)}：没有这个文件") from None
    except OSError as error:
        raise UserError(f"{shown(path)}：读不了（{error.strerror}）") from None
    except UnicodeDecodeError:
        raise UserError(f"{shown(path)}：不是 UTF-8 编码，请另存为 UTF-8") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UserError(f"{shown(path)}：第{line}行不是正确的 YAML（{error.problem}），请检查缩进和引号") from None
    except YAMLError as error:
        raise UserError(f"{shown(path)}：不是正确的 YAML（{str(error).splitlines()[0]}）") from None
    if not isinstance(data, dict):
        raise UserError(f"{shown(path)}：应是“键: 值”的形式（冒号要用英文的，后面空一格）")
    return data


def parse(model: type[Model], path: Path) -> Model:
    """Read `path` into `model`.

    Raises:
        UserError: the first thing that does not fit, naming file, key and cure.
    """
    try:
        return model.parse_obj(read(path))
    except ValidationError as error:
        raise UserError("\n".join(problems(path, error))) from None


def problems(path: Path, error: ValidationError) -> Iterator[str]:
    """One line for each thing that does not fit: file, key, cure."""
    for item in error.errors():
        key = ".".join(str(part) for part in item["loc"] if part != "__root__")
        yield f"{shown(path)}：{key}：{_CURES.get(item['type'], item['msg'])}"
