"""Bringing the outbox to the district's platform."""
