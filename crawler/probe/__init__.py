"""Facts that no page tells: IPv6 addresses and whether a site answers over IPv6."""
