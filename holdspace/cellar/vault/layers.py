"""The five layers that everything stored lies on."""

from enum import StrEnum


class Layer(StrEnum):
    """Whose a stored thing is, from the author alone to the practice's desk."""

    PRIVATE = "private"  # the author's alone
    RECORD = "record"  # the therapy's own people
    SHARED = "shared"  # therapists and participants together
    CLIENT = "client"  # the client's, lent at most
    ADMIN = "admin"  # times and names, without the words
