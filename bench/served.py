"""Serves the measured house on a port, as `holdspace serve` serves a house."""

import sys

import django
from django.utils.module_loading import import_string

if __name__ == "__main__":
    django.setup()
    import_string("holdspace.cli.serving.serve_here")("127.0.0.1", int(sys.argv[1]))
