"""The stages, one module each: its options, its key, its task, and the type of what goes in and what comes out.

A new option of a stage is a field of `Config` and the field of the same name in the stage's options; nothing else says what
finished work depends on.
"""
