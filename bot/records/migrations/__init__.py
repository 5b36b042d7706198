"""Alembic's environment and one script a change of the tables."""
