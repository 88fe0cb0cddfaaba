"""The site of an address, and the date that an address or a file's path holds. Nothing here touches the network."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from corpus.metadata.dates import HeaderDate

_URL_DAY = re.compile(r"/((?:19[89]|20\d)\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_URL_COMPACT = re.compile(r"[/_-]((?:19[89]|20\d)\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19[89]|20\d)\d)/(0?[1-9]|1[0-2])(?=/|$)")
_URL_YEAR = re.compile(r"/(20\d\d)(?=/)")
_FILE_DAY = re.compile(r"(?<!\d)((?:19[89]|20\d)\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_FILE_MONTH = re.compile(r"(?<!\d)((?:19[89]|20\d)\d)[-_](0[1-9]|1[0-2])(?![\d-])")


def registered_domain(address: str | None) -> str | None:
    """The registered domain of an address or host name ("https://www.lemonde.fr/a" gives "lemonde.fr"); None without one.

    By the Public Suffix List in the tld package, its private part included: a blog on a shared host is a site of its own.
    """
    if not address or len(address) > 2000:
        return None
    from tld import get_fld

    address = address.strip().lower()
    found: str | None = get_fld(address, fail_silently=True, fix_protocol=True, search_private=True)
    return found or _host(address)


def _host(address: str) -> str | None:
    """The host of an address without a registered domain: a number or a name of the local network."""
    try:
        return urlsplit(address).hostname if "://" in address else None
    except ValueError:
        return None


def publication_host(address: str | None) -> str | None:
    """The whole host of an address without `www.`: auto.exemple.fr and actu.exemple.fr are two; None without one.

    >>> from corpus.metadata import publication_host
    >>> publication_host("https://www.auto.exemple.fr/pont?a=1")
    'auto.exemple.fr'
    """
    if not address or len(address) > 2000:
        return None
    host = _host(address.strip().lower() if "://" in address else f"https://{address.strip().lower()}")
    return host.removeprefix("www.") if host and "." in host else None


def url_date(url: str | None) -> HeaderDate | None:
    """The date in an address's path ("/2024/07/18/"): day, month or nothing less."""
    path = _path(url)
    match = _URL_DAY.search(path) or _URL_COMPACT.search(path)
    if match:
        return _date(match, 1, 2, 3)
    match = _URL_MONTH.search(path)
    return _date(match, 1, 2) if match else None


def url_year(url: str | None) -> int | None:
    """The year in an address's path, for a date that has none; None without one."""
    date = url_date(url)
    if date is not None:
        return date.year
    match = _URL_YEAR.search(_path(url))
    return int(match[1]) if match else None


def _path(url: str | None) -> str:
    """The path of an address; empty where there is none, or what was given is no address ("]")."""
    try:
        return urlsplit((url or "")[:2000]).path
    except ValueError:
        return ""


def path_date(source: str) -> HeaderDate | None:
    """The date in a file's path: of its name ("2024-02-03_titre.txt"), else of its folders ("2024/02/")."""
    name = source.split("#")[0]
    for part in reversed(name.split("/")):
        match = _FILE_DAY.search(part)
        if match:
            return _date(match, 1, 3, 4)
        match = _FILE_MONTH.search(part)
        if match:
            return _date(match, 1, 2)
    return url_date("file:///" + name) if "/" in name else None


def _date(match: re.Match[str], year: int, month: int, day: int | None = None) -> HeaderDate | None:
    date = HeaderDate(
        match.start(),
        match.end(),
        match.group().strip("/-_"),
        int(match[year]),
        int(match[month]),
        int(match[day]) if day else None,
    )
    return date if date.in_year() is not None else None
