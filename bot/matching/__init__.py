"""What fits whom: posts, courses, the 131 service, fairs, outreach. Imports neither Rasa nor FastAPI."""
