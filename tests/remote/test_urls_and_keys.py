"""What counts as a URL and is taken, and which keys are files: by construction each its own, below the folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.remote import is_url
from corpus.remote.keys import folders_of, path_of, refusal, sort_out
from corpus.remote.urls import place_of

PASSWORD = st.text("abcdefgXYZ0123456789", min_size=8, max_size=20)
KEYS = st.text(st.sampled_from("ab.é/ \x00\x07\ud800\\"), max_size=12)


@pytest.mark.parametrize(
    "path", ["data/raw", "/srv/press", "C:\\press", "C:/press", "a:b", "a::b", "2024: s3"]
)
def test_a_path_is_no_url(path: str) -> None:
    assert not is_url(path)


def test_a_path_object_is_a_path() -> None:
    assert not is_url(Path("s3://press"))


@pytest.mark.parametrize(
    "url",
    [
        "https://le-fil.example/a",
        "file:///etc",
        "local:///etc",
        "reference://a.json",
        "memory://a",
        "gs://press/in",
        "zip::s3://press/a.zip",
        "zip://a.txt::file:///etc/a.zip",
        "simplecache::s3://press/in",
        "s3://zip::s3://press/in",
        "s3://",
        "s3:///in",
        "s3://press//in",
        "s3://press/../in",
        "s3://press/./in",
        "s3://press/in//",
        "s3://press/in\x00",
        "s3://press/in\ud800",
        "s3://" + "n" * 70,
        "s3://press/" + "n" * 300,
    ],
)
def test_other_urls_are_refused_with_a_sentence(url: str) -> None:
    assert is_url(url)
    with pytest.raises(UsageError) as refused:
        place_of(url)
    assert str(refused.value).endswith(".")
    assert "\x00" not in str(refused.value)


@given(PASSWORD)
def test_what_is_secret_is_neither_taken_nor_shown(password: str) -> None:
    for url in (
        f"s3://ann:{password}@press/in",
        f"s3://{password}@press/in",
        f"s3://ann:a/{password}@press/in",
        f"s3://press/in?X-Amz-Signature={password}",
        f"s3://press/in#{password}",
        f"ftp://ann:{password}@host/in",
        f"https://host/in?token={password}",
    ):
        with pytest.raises(UsageError) as refused:
            place_of(url)
        assert password not in str(refused.value)
    with pytest.raises(UsageError, match="environment"):
        place_of(f"s3://ann:{password}@press/in")


def test_what_lies_below() -> None:
    place = place_of("s3://press/in")
    assert place_of("s3://press/in/out/").below(place) == "out"
    assert place_of("S3://press/in").below(place) == ""
    assert place_of("s3://press/input").below(place) is None
    assert place_of("s3://other/in/out").below(place) is None
    assert place.below(place_of("s3://press")) == "in"


@given(st.sets(KEYS, max_size=30))
def test_every_key_is_a_file_below_the_folder_or_a_row(keys: set[str]) -> None:
    folder = Path("/copies")
    taken, problems = sort_out(keys)
    paths = [path_of(folder, key) for key in taken]
    assert len(set(paths)) == len(paths)
    assert not folders_of(taken) & set(taken)
    for key, path in zip(taken, paths, strict=True):
        assert ".." not in path.parts
        assert path.relative_to(folder) == PurePosixPath(key)
    assert len(taken) + len(problems) == sum(not _hidden(key) for key in keys)
    assert all(row.message.endswith(".") and row.source.isprintable() for row in problems)


def _hidden(key: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in key.split("/"))


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/a",
        "a/",
        "a//b.txt",
        "../x",
        "a/../../x",
        "./x",
        "n" * 256,
        "é" * 128,
        "a/" * 101 + "b",
        "\0",
        "\udcff",
    ],
)
def test_hostile_keys_are_refused(key: str) -> None:
    assert refusal(key)


@pytest.mark.parametrize(
    "key", ["a", "a/b.txt", "é" * 127, "tab\there", "a..b/c", "p%41.txt", "q?versionId=3", "C:"]
)
def test_odd_keys_are_files(key: str) -> None:
    assert refusal(key) is None
