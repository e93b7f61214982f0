"""What stands behind `make`: tools, throwaway servers, builds, checks and runs. Standard library only."""
