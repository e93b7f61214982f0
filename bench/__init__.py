"""How fast the shop is, what it needs, and what its pages weigh. Run by `make bench`."""
