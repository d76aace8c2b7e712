"""Families as somebody tells them: genograms and ecomaps, drawn, read aloud, typed and handed on.

Nothing here knows Django or a record: a telling comes as plain JSON and goes as such. A person in
it is a name in somebody's story and is never tied to anybody's own record.
"""
