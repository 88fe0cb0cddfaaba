"""A small encoder of text: pieces of words, and layers of attention whose results have the same bits on every machine."""
