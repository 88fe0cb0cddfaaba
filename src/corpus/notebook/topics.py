"""Topics in a notebook: each with its terms, documents and course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.corrections import ACTIONS
from corpus.errors import TableError, UsageError
from corpus.notebook.cells import cell, short
from corpus.notebook.selection import topic_number
from corpus.notebook.tables import Tables, TableView
from corpus.plurals import counted

if TYPE_CHECKING:
    from corpus.charts import Picture
    from corpus.notebook.correct import Correction
    from corpus.notebook.frame import Frame

SHOWN_TERMS = 12
# The first terms of a topic, by which a row of corrections.csv tells it in another fit.
TELLING_TERMS = 10
# The documents behind them: told by words alone one topic in seventy is taken for another after a fifth more documents.
TELLING_DOCUMENTS = 20


class TopicsView(TableView):
    """The table of topics, and what can be asked of and done to them.

    >>> c.topics.over_time().columns[:3].tolist()
    ['period', 'topic', 'label']
    """

    def __init__(self, tables: Tables) -> None:
        super().__init__("topics", tables)

    def topic(self, asked: int | str) -> Topic:
        """One topic, by number or label (or a part of it); UsageError with the nearest labels.

        >>> c.topics.topic(int(c.topics["topic"][0])).label == c.topics["label"][0]
        True
        """
        labels = {
            row["label"]: row["topic"]
            for row in self._tables.rows("select topic, label from topics order by topic")
        }
        number = topic_number(asked, labels)
        return Topic(number, next(label for label, topic in labels.items() if topic == number), self._tables)

    def over_time(self, step: str = "month") -> Frame:
        """Distinct documents of every topic by `month`, `quarter` or `year`, and their share of that period.

        >>> bool((c.topics.over_time("year").share <= 1).all())
        True
        """
        return _over_time(self._tables, step, None)

    def prevalence(self, by: str) -> Frame:
        """Mean weight of every topic in the documents of each value of `by`, with a 95 % interval.

        `by` is `outlet`, `language`, `year` or one of your own variables.

        >>> c.topics.prevalence("outlet").columns.tolist()
        ['value', 'topic', 'label', 'documents', 'prevalence', 'low', 'high', 'chi2']
        """
        return _prevalence(self._tables, by)

    def rename(self, asked: int | str, label: str, *, file: str | Path | None = None) -> Correction:
        """Have a topic called something: a row of corrections.csv, which tells the topic by its terms.

        >>> c.topics.rename(int(c.topics["topic"][0]), "levées de fonds").to
        'levées de fonds'
        """
        return self._steer("topic_label", self._told(asked, file), label, file)

    def merge(self, asked: int | str, into: int | str, *, file: str | Path | None = None) -> Correction:
        """Have a topic become part of another: a row of corrections.csv.

        >>> c.topics.merge(int(c.topics["topic"][0]), int(c.topics["topic"][1])).action
        'topic_merge'
        """
        one, other = self.topic(asked), self.topic(into)
        if one.number == other.number:
            raise UsageError(f"Topic {one.number} cannot be merged with itself: name two topics.")
        return self._steer("topic_merge", self._told(asked, file), self._told(into, file), file)

    def split(self, asked: int | str, parts: int = 2, *, file: str | Path | None = None) -> Correction:
        """Have a topic parted into several: a row of corrections.csv.

        >>> c.topics.split(int(c.topics["topic"][0]), 3).to
        '3'
        """
        return self._steer("topic_split", self._told(asked, file), str(parts), file)

    def drop(self, asked: int | str, *, file: str | Path | None = None) -> Correction:
        """Have a topic left out; its documents are in no topic as far as they were in this one: a row of corrections.csv.

        >>> c.topics.drop(int(c.topics["topic"][0])).action
        'topic_drop'
        """
        return self._steer("topic_drop", self._told(asked, file), None, file)

    def seed(self, label: str, words: Sequence[str], *, file: str | Path | None = None) -> Correction:
        """Have a topic grow from the documents that hold these words: a row of corrections.csv.

        >>> c.topics.seed("énergie", ["électricité", "mégawatt"]).to
        'électricité; mégawatt'
        """
        given = [words] if isinstance(words, str) else list(words)
        if not given or not all(word.strip() for word in given):
            raise UsageError(
                'A seed is one word or several: c.topics.seed("énergie", ["électricité", "mégawatt"]).'
            )
        return self._steer("topic_seed", label, "; ".join(given), file)

    def stop_word(self, word: str, *, file: str | Path | None = None) -> Correction:
        """Have a word stand for no topic, in any of its forms: a row of corrections.csv.

        >>> c.topics.stop_word("communiqué").action
        'stop_word'
        """
        return self._steer("stop_word", word, None, file)

    def keep_word(self, word: str, *, file: str | Path | None = None) -> Correction:
        """Have a word stand for topics though a stop list has it: a row of corrections.csv.

        >>> c.topics.keep_word("annonce").action
        'keep_word'
        """
        return self._steer("keep_word", word, None, file)

    def _told(self, asked: int | str, file: str | Path | None) -> str:
        """What tells a topic in every fit: the name that a row of corrections.csv gives it, or its first terms and some of its
        documents."""
        from corpus.notebook.correct import topic_names
        from corpus.topics import DOCUMENT_MARK

        topic = self.topic(asked)
        if topic.label in topic_names(file):
            return topic.label
        terms = topic.terms()["term"].head(TELLING_TERMS)
        found = self._tables.rows(
            """
            select doc_id from doc_topics join documents using (doc_id)
            where topic = ? and rank = 0 and duplicate_of is null order by doc_id limit ?
            """,
            [topic.number, TELLING_DOCUMENTS],
        )
        marked = (f" {DOCUMENT_MARK}{row['doc_id']}" for row in found)
        return (", ".join(terms) or topic.label) + "".join(marked)

    def _steer(self, action: str, text: str, to: str | None, file: str | Path | None) -> Correction:
        from corpus.notebook.correct import correct
        from corpus.topics import told_by

        made = correct(self._tables, text, action, to, "", None, file)
        # The file has the documents that tell a topic; a reader of the sentence needs its words only.
        said = ACTIONS[action].effect(told_by(text)[0], told_by(to or "")[0])
        return replace(made, effect=said)

    def profile(self, asked: int | str) -> Frame:
        """What a topic has more of, and less, than the others (chi-square of distinct documents).

        >>> c.topics.profile(int(c.topics["topic"][0])).columns[:3].tolist()
        ['variable', 'value', 'chi2']
        """
        return self.topic(asked).profile()


class Topic:
    """One topic. Shown in a notebook: its label, terms and typical paragraphs."""

    def __init__(self, number: int, label: str, tables: Tables) -> None:
        self.number = number
        self.label = label
        self._tables = tables

    def terms(self) -> Frame:
        """Its terms, the heaviest first.

        >>> c.topic(int(c.topics["topic"][0])).terms().columns.tolist()
        ['term', 'language', 'weight']
        """
        from corpus.notebook.frame import frame_of

        found = self._tables.arrow(
            "select term, language, weight from topic_terms where topic = ? order by language, rank",
            [self.number],
        )

        def draw(frame: Frame, **options: Any) -> Picture:
            from corpus.charts import bars

            said: dict[str, Any] = {
                "title": f"Terms of {self.label}",
                "how": "Weight of the term in the topic.",
            }
            return bars(frame, label="term", value="weight", **said | options)

        return frame_of(found, title=f"Terms of topic {self.number}: {self.label}", drawing=draw)

    def documents(self) -> Frame:
        """The documents whose heaviest topic it is, the surest first.

        >>> "weight" in c.topic(int(c.topics["topic"][0])).documents().columns
        True
        """
        from corpus.notebook.frame import frame_of

        found = self._tables.arrow(
            """
            select doc_id, title, outlet, published, weight, confidence from doc_topics join documents using (doc_id)
            where topic = ? and rank = 0 order by weight desc, doc_id
            """,
            [self.number],
        )
        note = f"{counted(found.num_rows, 'document')} whose heaviest topic it is, copies included."
        return frame_of(
            found,
            title=f"Documents of {self.label}",
            note=note,
            shown=("title", "outlet", "published", "weight"),
        )

    def paragraphs(self) -> Frame:
        """Its most typical paragraphs.

        >>> "text" in c.topic(int(c.topics["topic"][0])).paragraphs().columns
        True
        """
        from corpus.notebook.frame import frame_of

        found = self._tables.arrow(
            """
            select t.doc_id, p.start, p.text, t.weight, d.outlet, d.published
            from paragraph_topics t join paragraphs p using (doc_id, paragraph) join documents d using (doc_id)
            where t.topic = ? and t.representative order by t.weight desc, t.doc_id, p.start
            """,
            [self.number],
        )
        return frame_of(
            found,
            title=f"Typical paragraphs of {self.label}",
            shown=("text", "outlet", "published", "weight"),
        )

    def profile(self) -> Frame:
        """What it has more of, and less, than the other topics (Reinert's class profile).

        >>> c.topic(int(c.topics["topic"][0])).profile().columns[:3].tolist()
        ['variable', 'value', 'chi2']
        """
        from corpus.notebook.frame import frame_of

        found = self._tables.arrow(
            """
            select variable, value, chi2, in_topic, elsewhere, prevalence, prevalence_low, prevalence_high
            from topic_profiles where topic = ? order by chi2 desc, value
            """,
            [self.number],
        )
        note = "Chi-square of distinct documents of the whole corpus, negative for less; 3.84 is 1 in 20 by chance."

        def draw(frame: Frame, **options: Any) -> Picture:
            from corpus.charts import differences

            said: dict[str, Any] = {"title": f"Profile of {self.label}", "how": note, "axis": "chi-square"}
            return differences(frame, label="value", value="chi2", **said | options)

        return frame_of(found, title=f"Profile of topic {self.number}: {self.label}", note=note, drawing=draw)

    def over_time(self, step: str = "month") -> Frame:
        """Its distinct documents by `month`, `quarter` or `year`, and their share of that period.

        >>> c.topic(int(c.topics["topic"][0])).over_time("year").columns.tolist()
        ['period', 'documents', 'of', 'share']
        """
        return _over_time(self._tables, step, self)

    def __repr__(self) -> str:
        found = self.terms()["term"].head(SHOWN_TERMS)
        return f"Topic {self.number}: {self.label} ({', '.join(found)})"

    def _repr_html_(self) -> str:
        from html import escape

        terms = ", ".join(self.terms()["term"].head(SHOWN_TERMS))
        said = self._tables.rows(
            "select documents, share, doubtful from topics where topic = ?", [self.number]
        )[0]
        doubt = f"<p>Doubtful: {escape(said['doubtful'])}</p>" if said["doubtful"] else ""
        typical = "".join(
            f"<li>{escape(short(text, 240))}</li>" for text in self.paragraphs()["text"].head(3)
        )
        return (
            f"<h4>Topic {self.number}: {escape(self.label)}</h4><p>{escape(terms)}</p>"
            f"<p>{cell(said['documents'])} documents, {said['share'] or 0:.0%}</p>{doubt}<ul>{typical}</ul>"
        )


def _over_time(tables: Tables, step: str, one: Topic | None) -> Frame:
    """Distinct documents by period: of all topics, or of one."""
    from corpus.notebook.counts import values_of
    from corpus.notebook.frame import frame_of

    if step not in ("month", "quarter", "year"):
        raise UsageError(f"Topics are not counted by {step!r}: by month, quarter or year.")
    tables.need("doc_topics", "topics", "documents.duplicate_of")
    only = f"where topic = {one.number}" if one is not None else ""
    columns = (
        "period, documents, size as of, documents / size as share"
        if one is not None
        else ("period, topic, label, documents, size as of, documents / size as share")
    )
    found = tables.arrow(
        f"""
        with dated as (
          select value as period, doc_id from ({values_of(tables, step)}) join documents using (doc_id)
          where value is not null and duplicate_of is null and doc_id in (select doc_id from doc_topics)
        ), sizes as (select period, count(*) as size from dated group by all),
        every as (select period, topic, label, size from sizes, topics),
        told as (
          select period, topic, count(*) as documents from dated join doc_topics using (doc_id) where rank = 0 group by all
        )
        select {columns} from (
          select period, topic, label, coalesce(documents, 0) as documents, size
          from every left join told using (period, topic) {only}
        ) order by period, documents desc{"" if one is not None else ", topic"}
        """
    )
    said = tables.rows(
        """
        select count(*) as n, count(*) filter (doc_id not in (select doc_id from doc_topics)) as without,
          count(*) filter (published is null) as undated from documents where duplicate_of is null
        """
    )[0]
    if not said["n"]:
        raise TableError("There is no document here.")
    note = counted(said["n"], "distinct document")
    note += f"; {said['undated']:,} undated and {said['without']:,} without topics left out."
    residue = [row["topic"] for row in tables.rows("select topic from topics where kind = 'residue'")]
    title = f"Topic “{one.label}” over time" if one is not None else "Topics over time"

    def draw(frame: Frame, **options: Any) -> Picture:
        from corpus.charts import over_time

        said: dict[str, Any] = {
            "title": title,
            "how": f"Share of the distinct documents of each {step}. {note}",
            "axis": "share",
        }
        said |= {"step": step} | options
        if one is None:
            # What stands in no topic is said in the note, not drawn as one.
            frame = frame[~frame["topic"].isin(residue)]
        if one is not None:
            return over_time(frame, time="period", value="share", mark="column", **said)
        return over_time(frame, time="period", value="share", colour="label", **said)

    return frame_of(found, title=title, note=note, drawing=draw)


def _prevalence(tables: Tables, by: str) -> Frame:
    """Of the profiles, the rows of one variable."""
    from corpus.notebook.frame import frame_of
    from corpus.notebook.names import did_you_mean

    tables.need("topic_profiles", "topics")
    held = tables.rows(
        "select distinct variable from topic_profiles where variable <> 'term' order by variable"
    )
    known = [row["variable"] for row in held]
    if by not in known:
        raise UsageError(
            f"Topics are not compared by {by!r}. {did_you_mean(by, known)} "
            f"By: {', '.join(known) or 'nothing here, no variable has two values'}."
        )
    found = tables.arrow(
        """
        select value, topic, label, in_topic + elsewhere as documents,
          prevalence, prevalence_low as low, prevalence_high as high, chi2
        from topic_profiles join topics using (topic) where variable = ? order by documents desc, value, topic
        """,
        [by],
    )
    note = (
        "Mean weight of the topic in the distinct documents of the value, and its 95 % interval. "
        "Values of fewer than five documents, and those beyond the fifty most frequent, are left out."
    )
    return frame_of(found, title=f"Topics by {by}", note=note)
