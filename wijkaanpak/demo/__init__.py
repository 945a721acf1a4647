"""The example: real figures of Arnhem, and programmes in which everything is invented."""
