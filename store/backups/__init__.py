"""Backups: a folder each, with all that a house is, and a manifest that says what each file must be.

`kept` is one backup and its manifest, `making` makes them beside a server that runs, `restoring` puts one back, `daily`
is the server's own habit. A newcomer's first mistake is to order them by their dates: a machine without a clock chip
makes one in 1970, so they have numbers.
"""
