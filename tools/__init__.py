"""What sets the house up: the front end is built here."""
