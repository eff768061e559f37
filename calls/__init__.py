"""The forwarding unit: media of calls passes through here and is not decoded.

It knows no people, no log and no web server, so that it can also run in a process of its own.
"""
