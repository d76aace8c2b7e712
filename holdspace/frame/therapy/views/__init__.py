"""Pages of therapies: beginning one, seeing it, changing it."""
