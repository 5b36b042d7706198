"""What decided the numbers of a table, as one short digest that a submission keeps."""

from __future__ import annotations

import hashlib
import json

from bot.report.scope import Scope

#: Goes up when the counting itself changes (docs/counting.md); the pack's part is read from the pack.
VERSION = 1


def digest(scope: Scope) -> str:
    """The digest of the rules: 12 hex digits over version, columns, window and units. The as-of day is no rule."""
    window = scope.window
    decided = {
        "version": VERSION,
        "campaign": scope.campaign,
        "columns": [column.dict() for column in scope.table.columns],
        "window": [window.prepared_from, window.first, window.last],
        "units": scope.units,
    }
    text = json.dumps(decided, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
