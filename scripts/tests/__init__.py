"""Tests of the operator's scripts; they need bash, awk, curl and Python. Those that need a database are the drills'."""
