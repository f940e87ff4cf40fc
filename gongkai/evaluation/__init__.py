"""How well pages, titles and columns are read, against labels."""
