"""What happened: persons, conversations, messages, services. Imports neither Rasa nor FastAPI."""
