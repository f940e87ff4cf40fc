"""The readers' version: raise it when a change of them should make `gongkai reparse` read everything again."""

READER = "6"
