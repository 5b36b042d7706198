"""`python -m bot …`, with whatever Python: the one that `make` prepared takes over where ours lacks packages."""

import os
import sys
from pathlib import Path

PREPARED = Path(__file__).resolve().parent.parent / ".venv" / "bin" / "python"


def run() -> None:
    """Run the command line, or hand over to the prepared environment."""
    try:
        from bot.cli import main
    except ModuleNotFoundError as error:
        if not PREPARED.exists() or Path(sys.prefix) == PREPARED.parent.parent:
            sys.exit(f"缺少 {error.name}：请先运行 make setup")
        os.execv(PREPARED, [str(PREPARED), "-m", "bot", *sys.argv[1:]])
    main()


if __name__ == "__main__":
    run()
