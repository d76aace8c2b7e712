"""A word that must be found nowhere it was not meant to be."""

CANARY = "kestrel-over-the-weir"
