"""What sets the house up: the front end is built here, and the catalogues are compiled."""
