"""A campaign pack: one notice as data. Imports neither Rasa nor FastAPI."""
