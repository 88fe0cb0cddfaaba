"""The exports of press databases: Europresse, Factiva, Nexis, whatever format they come in."""
