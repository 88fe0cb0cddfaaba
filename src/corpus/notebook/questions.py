"""The questions that are asked of a corpus or of a choice of its documents. Each answer is a DataFrame that draws itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.notebook.frame import Frame
    from corpus.notebook.tables import Tables


LEAST_SCORE = 1.3
"""A chance of 5 %, one tail: words nearer to chance are not listed. (TXM's threshold of banality is 2.)"""


class Questions:
    """What `corpus.open` answers by name: documents, money, companies, copies, words."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def count(self, by: str) -> Frame:
        """Documents, distinct documents and words by `outlet`, `language`, `format`, `site`, `topic`,
        `day`, `month`, `quarter`, `year` or one of your variables.

        >>> c.count("language").iloc[0].to_dict()["language"]
        'fr'
        """
        from corpus.notebook.counts import count

        return count(self._tables, by)

    def money(
        self,
        kind: str | None = None,
        *,
        company: str | None = None,
        by: str = "quarter",
        certainty: str | None = None,
    ) -> Frame:
        """Sums in euros over events, each counted once however many papers tell it.

        `kind` is one of `facts.kind` (`funding_round`, `investment`, `fine`, …); without it each kind has
        rows of its own, since a valuation and a fine do not add up. `by` is `day`, `month`, `quarter`,
        `year`, `company`, `counterparty`, `authority`, `certainty` or `kind`. What is denied is left out
        unless `certainty="denied"` asks for it. Raises TableError where the folder has no events.

        >>> fines = c.money("fine", by="company")
        >>> set(fines.kind)
        {'fine'}
        """
        from corpus.notebook.money import money

        return money(self._tables, kind, company, by, certainty)

    def companies_named(self) -> Frame:
        """Companies by the distinct paragraphs that name them, with documents, outlets and first and last
        date.

        >>> c.companies_named().columns[:3].tolist()
        ['company', 'paragraphs', 'documents']
        """
        from corpus.notebook.mentions import companies_named

        return companies_named(self._tables)

    def together(self, company: str | None = None) -> Frame:
        """Pairs of companies by the distinct paragraphs that name both; with `company`, those named
        together with it.

        >>> set(c.together("Mistral AI").company)
        {'Mistral AI'}
        """
        from corpus.notebook.mentions import together

        return together(self._tables, company)

    def copies(self, by: str = "outlet") -> Frame:
        """Who repeats whom: paragraphs from the earlier publication to the later, the days between, how
        many with changed facts.

        `by` is `outlet`, `document`, or `paragraph` for each one with both texts.

        >>> bool(c.copies("paragraph").changed_facts.any())
        True
        """
        from corpus.notebook.copies import copies

        return copies(self._tables, by)

    def search(
        self,
        words: str,
        *,
        near: str | None = None,
        within: int = 10,
        pattern: bool = False,
        context: int = 60,
        copies: bool = False,
    ) -> Frame:
        """Concordance lines of a word or phrase: left, hit, right, outlet, date. Case and accents do not
        matter; `invest*` is a beginning.

        `near` asks for another word at most `within` words away; `pattern` takes both as regular
        expressions over text without accents. Distinct paragraphs are searched, all of them with `copies`.
        `plot()` draws the hits over time, `plot(by="outlet")` where they stand.

        >>> c.search("intelligence artificielle").hit.str.lower().unique().tolist()
        ['intelligence artificielle']
        """
        from corpus.notebook.search import search

        return search(self._tables, words, near, pattern, context, copies, within)

    def specific(
        self,
        by: str = "outlet",
        value: str | None = None,
        *,
        language: str | None = None,
        function_words: bool = False,
        least: float = LEAST_SCORE,
    ) -> Frame:
        """What each part says more or less often than chance: hypergeometric spécificités (Lafon 1980),
        with the raw counts.

        `by` is what `count` takes; `value` is one part. Words of distinct paragraphs in one language (the
        commonest, or `language`); the score is log10 of the chance, negative for less. Function words are
        counted but not listed unless `function_words`.

        >>> c.specific("year").columns[:4].tolist()
        ['part', 'word', 'score', 'count']
        """
        from corpus.notebook.specific import specific

        return specific(self._tables, by, value, language, function_words, least)

    def compare(
        self, by: str, one: str, other: str, *, language: str | None = None, least: float = LEAST_SCORE
    ) -> Frame:
        """The specific words of two parts against each other: above zero those of `one`, below those of
        `other`.

        >>> c.compare("year", "2024", "2025").columns[-1]
        'elsewhere'
        """
        from corpus.notebook.specific import compare

        return compare(self._tables, by, one, other, language, least)
