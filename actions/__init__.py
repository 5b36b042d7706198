"""The conversation: one file a skill. Wording and validation; no SQL and no facts."""
