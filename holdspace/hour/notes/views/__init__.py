"""The notes' pages: writing one, reading them, and what is done to them afterwards."""
