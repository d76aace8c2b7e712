"""Reading outcomes, each function for who asks."""
