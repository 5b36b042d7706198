"""From service records to the table: rows → sets of persons → cells → files. No Rasa, no FastAPI."""
