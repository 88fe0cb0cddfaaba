"""Documents and tables that lie elsewhere: S3, Google Cloud, Azure, SFTP, an archive, whatever fsspec reaches by a URL.

A run reads and writes folders of this machine. What lies elsewhere is copied into a cache first, and what a run left is copied
back, so the bytes are those of a run over a local folder. Only a URL that the user gives is ever followed.
"""
