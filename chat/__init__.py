"""The rules: what follows when somebody asks for something, one file a noun.

Importing this package registers every noun's rules with chat/dispatch.py. A newcomer's first mistake is to look for
I/O here: rules are pure, queries read, and what has to happen after an event stands beside its rule under `@after`.
"""

from chat import (
    calls,
    claims,
    conversations,
    devices,
    invitations,
    messages,
    people,
    presence,
    reading,
    ringing,
    signalling,
    sync,
    typing,
)

NOUNS = (
    calls,
    claims,
    conversations,
    devices,
    invitations,
    messages,
    people,
    presence,
    reading,
    ringing,
    signalling,
    sync,
    typing,
)
"""Every noun there is, each a module that registered what it does."""
