"""What the shop promises to an operator, tried on this machine with real servers: `make drills`."""
