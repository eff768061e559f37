"""The language: what a client may ask, what the server may tell, and how both become bytes.

Nothing here knows people, sockets or disks. A newcomer's first mistake is to add a field without a default to a
released event: stored bytes are frames for ever, so an event only ever gains fields with defaults.
"""

VERSION = 1  # the protocol's; told in `hello`, raised only when an old page can no longer be understood
