"""What is kept: the archive, the tables, and the words that every layer uses."""
