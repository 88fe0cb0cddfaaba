"""One module a format: `ENDING` of its file (empty for a folder), `DESCRIPTION`, and `write`."""
