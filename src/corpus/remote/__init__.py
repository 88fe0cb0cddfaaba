"""Documents and tables in a store of objects: copied here before a run, worked on as ever, published when it is done.

No other room knows of stores: what runs is a run over folders of this machine. Only `s3://` URLs are known; nothing that leads
from one file system to another, or back to the files of this machine, is.

    urls      which URLs are taken, and what is said of the others
    keys      which objects are taken as files, under the path that their key is
    objects   the store: listing, reading, sending, in one place that turns its errors into sentences
    shelf     the private, locked folder of this machine for one output and its input
    copies    the input, copied there
    publish   the output, copied back
    runs      the three together
"""

from __future__ import annotations

from corpus.remote.runs import run_remote
from corpus.remote.urls import is_url

__all__ = ["is_url", "run_remote"]
