"""Probing as a user asks for it: what is probed of each site, how facts are stored, carried and told."""
