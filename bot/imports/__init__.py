"""Sheets that clerks keep, read into the records row by row. Imports neither Rasa nor FastAPI."""
