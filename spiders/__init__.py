"""How a site is read."""
