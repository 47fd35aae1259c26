"""Runs what `workflows` describes: the seam to the token engine, the store and the use cases."""
