"""Files around other files: each gives the inputs it carries, which the registry reads like any other."""
