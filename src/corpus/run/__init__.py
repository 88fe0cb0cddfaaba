"""The run: a folder of inputs in, tables out. `pipeline.run` is the whole of it; the other rooms are its parts."""
