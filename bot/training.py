"""The trained model: which one fits the sources as they are now, and training it when it is not there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.errors import UserError
from bot.settings import ROOT

MODELS = ROOT / "models"

#: What a model is made of. Packs, knowledge and the decision after the classifier are read when it is loaded.
SOURCES = ("config.yml", "domain.yml", "requirements.txt", "data/nlu/*.yml", "data/rules/*.yml", "bot/nlu/*.py")

#: One thread for the small matrices of the classifier, no telemetry, no progress bars in the log.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TQDM_DISABLE": "1",
}


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
        UserError: Rasa could not train; what it said stands above.
    """
    wanted = model_file()
    if wanted.is_file():
        return wanted
    MODELS.mkdir(exist_ok=True)
    print("正在训练模型（两个核大约一分钟）……", flush=True)
    with tempfile.TemporaryDirectory(dir=MODELS) as folder:
        command = [sys.executable, "-m", "rasa", "train", "--out", folder, "--fixed-model-name", "model"]
        command += ["--data", "data/nlu", "data/rules"]
        finished = subprocess.run(command, cwd=ROOT, env={**os.environ, **ENVIRONMENT})
        made = Path(folder) / "model.tar.gz"
        if finished.returncode != 0 or not made.is_file():
            raise UserError("训练没有成功：请看上面 rasa train 的输出，改好 data/nlu、data/rules 或 config.yml 再试")
        made.replace(wanted)
    print(f"模型训练好了：{wanted.relative_to(ROOT)}", flush=True)
    return wanted
