"""Rasa graph components of our own: how a text becomes an intent and entities."""
