"""From text to mentions: companies, amounts, dates, names, facts. Pure: no files but the lexicons, no knowledge of corpus."""
