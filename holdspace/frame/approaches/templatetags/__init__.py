"""Tags of the approaches room."""
