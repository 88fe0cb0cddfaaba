"""One module a format: `sniff` says by the content whether an input is of it, `read` gives its documents."""
