"""How many questions, made up after the assistant was trained, get the fact that the answer must contain.

Run: python -m bench.questions
Asks the running assistant everything in tests/talk/questions (which passes, and is tested) and in
bench/hard_questions (which did not, and is kept to be measured), campaign by campaign.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.settings import ROOT
from tests.stack import Stack
from tests.talk.asked import read

CAMPAIGNS = {"yuzhong-2022": "2022-02-15T09:00", "fujian-2023": "2023-02-15T09:00"}
FOLDERS = {"tested": ROOT / "tests" / "talk" / "questions", "hard": ROOT / "bench" / "hard_questions"}


def main() -> None:
    """Print, for each file, how many of its questions are answered, and the misses."""
    answered = asked = 0
    for campaign, now in CAMPAIGNS.items():
        with tempfile.TemporaryDirectory() as folder, Stack(Path(folder), campaign=campaign, now=now) as stack:
            for name, questions_folder in FOLDERS.items():
                questions = list(read(campaign, questions_folder))
                missed = [question.ask for question in questions if question.problems(stack.url)]
                answered += len(questions) - len(missed)
                asked += len(questions)
                print(f"{campaign} {name}: {len(questions) - len(missed)} of {len(questions)}")
                for question in missed:
                    print(f"  missed: {question}")
    print(f"all: {answered} of {asked} ({answered / asked:.3f})")


if __name__ == "__main__":
    main()
