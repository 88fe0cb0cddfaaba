"""One module a section; each has `section(telling)`, which is None where the run left none of its tables."""
