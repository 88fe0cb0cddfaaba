"""What counts as a URL, and what of it is shown and refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.places import is_url, lies_in, local_place, shown
from corpus.remote.names import LONGEST, local_name

SECRET = st.text("abcdefgXYZ0123456789", min_size=6, max_size=20)


@pytest.mark.parametrize(
    "path", ["data/raw", "/srv/press", "C:\\press", "C:/press", "c:press", "a:b", "2024-03: notes"]
)
def test_a_path_is_no_url(path: str) -> None:
    assert not is_url(path)
    assert local_place(path) == Path(path)


def test_a_path_object_is_a_path() -> None:
    assert local_place(Path("s3://press")) == Path("s3:/press")


@pytest.mark.parametrize(
    "url", ["s3://press/in", "sftp://ann@host/in", "memory://in", "zip://::s3://press/in.zip"]
)
def test_urls_are_places_elsewhere(url: str) -> None:
    assert local_place(url) == url


@given(SECRET)
def test_what_is_secret_is_neither_taken_nor_shown(secret: str) -> None:
    for url in (
        f"sftp://ann:{secret}@host/in",
        f"az://press/in?sig={secret}",
        f"zip://::ftp://a:{secret}@host/in.zip",
    ):
        assert secret not in shown(url)
        with pytest.raises(UsageError, match="password or a token") as refused:
            local_place(url)
        assert secret not in str(refused.value)


def test_pages_are_for_collect() -> None:
    with pytest.raises(UsageError, match="corpus collect"):
        local_place("https://le-fil.example/articles")


def test_what_lies_below() -> None:
    assert lies_in("s3://press/in/out", "s3://press/in") == "out"
    assert lies_in("s3://press/input", "s3://press/in") is None


@given(st.text(max_size=400))
def test_a_name_here_can_be_held(name: str) -> None:
    here = local_name(name)
    assert here not in ("", ".", "..")
    assert not set(here) & set("/\\\x00")
    assert len(here.encode("utf-8", "surrogatepass")) <= LONGEST


@given(st.text("ab.~/", max_size=6), st.text("ab.~/", max_size=6))
def test_two_names_stay_two(one: str, other: str) -> None:
    assert (local_name(one) == local_name(other)) == (one == other)
