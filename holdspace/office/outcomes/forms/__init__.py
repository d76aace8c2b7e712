"""Forms of the outcomes room."""
