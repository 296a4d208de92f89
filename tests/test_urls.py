"""One page has one canonical address, whatever was added to it on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import AddressError
from ingest.urls import absolute_url, canonical_url, host_of, origin_of, same_site


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.example.com/news/site?utm_source=x&utm_medium=y", "https://www.example.com/news/site"),
        ("https://example.com/a?id=7&fbclid=Zz&gclid=1", "https://example.com/a?id=7"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/a?empty=&UTM_Campaign=q", "https://example.com/a?empty="),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("HTTP://Example.COM:80/A/", "https://example.com/A"),
        ("https://example.com:443/", "https://example.com/"),
        ("https://example.com", "https://example.com/"),
        ("http://example.com:8080/x", "http://example.com:8080/x"),
        ("http://127.0.0.1:5000/x/", "http://127.0.0.1:5000/x"),
        ("http://localhost/x", "http://localhost/x"),
        ("https://user:secret@example.com/x", "https://example.com/x"),
        ("https://example.com./x", "https://example.com/x"),
        ("https://m.example.com/x", "https://www.example.com/x"),
        ("https://mobile.example.co.uk/x", "https://www.example.co.uk/x"),
        ("https://en.m.example.org/wiki/X", "https://en.example.org/wiki/X"),
        ("https://amp.example.com/x", "https://www.example.com/x"),
        ("https://m.news.example.com/x", "https://news.example.com/x"),
        ("https://m.com/x", "https://m.com/x"),
        ("https://m.co.uk/x", "https://m.co.uk/x"),
        ("https://example.com/story/amp/", "https://example.com/story"),
        ("https://example.com/story.amp.html", "https://example.com/story"),
        ("https://example.com/amp/story", "https://example.com/story"),
        ("https://example.com/story?amp=1", "https://example.com/story"),
        ("https://example.com/story?outputType=amp", "https://example.com/story"),
        ("https://example.com/story?output=amp&output=print", "https://example.com/story?output=print"),
        ("https://example.com/amp", "https://example.com/amp"),
        ("https://example.com/lamp", "https://example.com/lamp"),
        ("https://www.google.com/amp/s/example.com/story/", "https://example.com/story"),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/story?id=1", "https://example.com/story?id=1"),
        ("https://www.google.com/url?rct=j&url=https://example.com/a%3Fid%3D1&usg=x", "https://example.com/a?id=1"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa&h=x", "https://example.com/a"),
        (
            "https://web.archive.org/web/20250123000000/https://example.com/a?id=1&utm_source=x",
            "https://example.com/a?id=1",
        ),
        ("https://web.archive.org/web/2025id_/http://example.com/a/", "https://example.com/a"),
        ("https://web.archive.org/details/a", "https://web.archive.org/details/a"),
        ("https://example.com/a?gaa_at=x&share=mail&__cf_chl_tk=1", "https://example.com/a"),
        ("https://faß.example/x", "https://xn--fa-hia.example/x"),
        ("https://example.com/news/index.html", "https://example.com/news"),
        ("https://example.com/a;jsessionid=1A2B?x=1", "https://example.com/a?x=1"),
        ("https://example.com/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/%7Euser/caf%c3%a9", "https://example.com/~user/caf%C3%A9"),
        ("https://example.com/café", "https://example.com/caf%C3%A9"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
    ],
)
def test_canonical(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@given(
    st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP"]),
        st.sampled_from(["example.com", "m.example.com", "amp.m.example.com", "a.b.co.uk", "10.0.0.1:81", "m.m.m.org"]),
        st.text(alphabet="/amp.%20é;~ab-index.html", max_size=30).map(lambda path: "/" + path),
        st.text(alphabet="?&=#autm_ 1%", max_size=20).map(lambda query: "?" + query),
    )
)
def test_canonical_is_stable(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_an_address_error(text: str) -> None:
    try:
        made = absolute_url(text, "https://example.com/news/")
    except AddressError:
        return
    assert made.startswith(("http://", "https://"))
    assert made.isascii()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "mailto:a@example.com", "ftp://example.com/x", "file:///etc/passwd", "/only/a/path", "",
        "http://", "https://exa\u2028mple.com/\ud800", "https://[::1", "https://example.com:99999/",
        "https://example.com/" + "x" * 5000,
    ],
)  # fmt: skip
def test_what_is_not_fetched(url: str) -> None:
    with pytest.raises(AddressError) as caught:
        absolute_url(url)
    assert caught.value.kind == "bad_address"


def test_relative_addresses_are_joined() -> None:
    assert absolute_url("../b?x=1#f", "https://example.com/news/2026/") == "https://example.com/news/b?x=1"
    assert absolute_url("//cdn.example.com/a", "https://example.com/") == "https://cdn.example.com/a"
    assert absolute_url("/a b", "https://example.com/") == "https://example.com/a%20b"


def test_parts_of_an_address() -> None:
    assert same_site("https://example.com/a", "https://example.com:443/b")
    assert not same_site("https://example.com/a", "http://example.com/a")
    assert not same_site("https://example.com/a", "https://www.example.com/a")
    assert origin_of("http://example.com:81/a?b") == "http://example.com:81"
    assert host_of("http://Example.com:81/a") == "example.com:81"
