"""Time to understand one message, beside the stock pipeline trained on the same examples.

    python -m bench.parse_time FILE.jsonl

Prints medians in milliseconds and their ratio, for all lines and for those under ten characters, and
the memory of a process that holds only our model. Both are asked in turn in one run, since machines are
shared. The stock pipeline (jieba, CountVectorsFeaturizer, DIET) is trained for two epochs: its speed
does not depend on how well it learned.
"""

from __future__ import annotations

import asyncio
import logging
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from ruamel.yaml import YAML

from bot import evaluation, training
from bot.settings import ROOT

STOCK = [
    {"name": "JiebaTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 2},
]
SHORT = 10


def train_stock(folder: Path) -> Path:
    """The stock pipeline, trained on data/nlu."""
    config = folder / "config.yml"
    with config.open("w", encoding="utf-8") as file:
        YAML().dump({"recipe": "default.v1", "language": "zh", "assistant_id": "stock", "pipeline": STOCK}, file)
    command = [sys.executable, "-m", "rasa", "train", "nlu", "--config", str(config), "--nlu", "data/nlu"]
    command += ["--out", str(folder), "--fixed-model-name", "stock", "--domain", "domain.yml"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "stock.tar.gz"


def ask_in_turn(models: dict[str, Path], texts: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each model for each text; every text is asked of both before the next."""
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    agents = {name: Agent.load(str(path)) for name, path in models.items()}

    async def measure() -> dict[str, list[float]]:
        took: dict[str, list[float]] = {name: [] for name in agents}
        for agent in agents.values():
            await agent.parse_message("你好")
        for text in texts:
            for name, agent in agents.items():
                start = time.perf_counter()
                await agent.parse_message(text)
                took[name].append(1000 * (time.perf_counter() - start))
        return took

    return asyncio.run(measure())


def memory(model: Path) -> int:
    """Megabytes of a fresh process that loaded the model and understood one message."""
    code = "import sys\nfrom bench.parse_time import hold\nprint(hold(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(model)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return int(said.split()[-1])


def hold(model: str) -> int:
    """What `memory` runs in its process: its peak, as Linux knows it."""
    ask_in_turn({"ours": Path(model)}, ["老板不发工资怎么办"])
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024  # type: ignore[index]


def main(file: Path) -> None:
    """Measure and print."""
    texts = [line.text for line in evaluation.read(file)]
    ours = training.train()
    with tempfile.TemporaryDirectory() as folder:
        took = ask_in_turn({"stock": train_stock(Path(folder)), "ours": ours}, texts)
    short = [len(text) < SHORT for text in texts]
    for name, chosen in (("all lines", [True] * len(texts)), (f"under {SHORT} characters", short)):
        if any(chosen):
            stock, mine = (
                median(time for time, wanted in zip(took[one], chosen, strict=True) if wanted) for one in took
            )
            print(
                f"{name:22} {sum(chosen):4} lines  stock {stock:6.1f} ms  ours {mine:6.1f} ms  ratio {mine / stock:.2f}"
            )
    print(f"memory of our model's process: {memory(ours)} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
