"""From bytes to a table: what a file is follows from what is in it, never from its name."""
