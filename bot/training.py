"""The trained model: which one fits the sources as they are now, and training it when it is not there."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections import deque
from pathlib import Path

from bot import embedding
from bot.errors import UserError
from bot.settings import ROOT

MODELS = ROOT / "models"

#: What a model is made of. Packs, knowledge and the decision after the classifier are read when it is loaded.
SOURCES = (
    "config.yml",
    "domain.yml",
    "requirements.txt",
    "data/nlu/*.yml",
    "data/rules/*.yml",
    "bot/embedding.py",
    "bot/grammar/__init__.py",
    "bot/grammar/normal.py",
    "bot/grammar/script.py",
    "bot/nlu/char_features.py",
    "bot/nlu/linear.py",
    "bot/nlu/neighbours.py",
    "bot/nlu/sentence_features.py",
    "bot/vectors.py",
)

#: For every Rasa process: no telemetry, no noise of the libraries below it; and OpenMP's threads, which wait for each
#: other many times in one sentence (bot.embedding), sleep instead of keeping the processors busy: on two busy cores
#: an embedding with two such threads took five times as long as with one. Arrays over 0.9 MB needed only while a
#: model is loaded go back to the system (mallopt(3)): 17 MB less.
ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "GOMP_SPINCOUNT": "1000",
    "MALLOC_MMAP_THRESHOLD_": "900000",
}

_STEP = re.compile(r"Starting to train component '(\w+)'")
_KEPT_LINES = 40


def model_file() -> Path:
    """Where the model of the present sources lies or would lie: its name holds their digest."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return MODELS / f"chunfeng-{digest.hexdigest()[:16]}.tar.gz"


def train() -> Path:
    """Train the model of the present sources, unless it is there.

    Raises:
        UserError: the embedding does not work, without which no model does; or Rasa could not train, and what it said
            stands above.
    """
    embedding.must_work()
    wanted = model_file()
    if wanted.is_file():
        return wanted
    MODELS.mkdir(exist_ok=True)
    _tell("正在训练模型（两个核大约一分钟；没有现成的句向量时要几分钟）……")
    with tempfile.TemporaryDirectory(dir=MODELS) as folder:
        said = _run_rasa_train(folder)
        made = Path(folder) / "model.tar.gz"
        if not made.is_file():
            print("\n".join(said), file=sys.stderr)
            raise UserError("训练没有成功：请看上面 rasa train 的输出，改好 data/nlu、data/rules 或 config.yml 再试")
        made.replace(wanted)
    _tell(f"模型训练好了：{wanted.relative_to(ROOT)}")
    return wanted


def _tell(line: str) -> None:
    """How far it is, beside what a command prints: that may be read by a program."""
    print(line, file=sys.stderr, flush=True)


def _run_rasa_train(folder: str) -> list[str]:
    """Run `rasa train` into `folder`, telling each step. Returns the last lines it printed."""
    command = [sys.executable, "-m", "rasa", "train", "--out", folder, "--fixed-model-name", "model"]
    command += ["--data", "data/nlu", "data/rules"]
    said: deque[str] = deque(maxlen=_KEPT_LINES)
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            said.append(line.rstrip().rsplit("\r", 1)[-1])
            step = _STEP.search(line)
            if step:
                _tell(f"  {step.group(1)} ……")
    return list(said)
