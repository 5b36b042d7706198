"""The 春风行动 assistant: how a message becomes a number (see README.md)."""
