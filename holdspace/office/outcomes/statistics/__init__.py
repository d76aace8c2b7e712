"""What scores say, as pure functions: usable from a notebook, without Django."""
