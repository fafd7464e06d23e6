"""Services are asked politely, their answers are whole, and the key is shown to nobody."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import itertools
import json
import logging
import socket
import threading
import time
import traceback
import tracemalloc
import zlib
from collections.abc import Iterator
from email.utils import format_datetime
from typing import Any

import pytest

from queries.errors import UserError
from queries.sources.http import Body, Client, KeyRefusedError, SourceUnavailableError
from queries.sources.http_parts import check_address, query, retry_after, unzip
from tests.queries.sources.services import Reply, serving

KEY = "k9-vises-ALDRIG-7f3a"
HELP = "Sæt nøglen her."


class Waits(list[float]):
    """Stands in for sleeping: notes how long."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def client(base: str, **more: Any) -> Client:
    options: dict[str, Any] = {"token": KEY, "key_help": HELP, "sleep": Waits(), "pause": 0}
    return Client(base, service="Jobindsats", **(options | more))


def asked(base: str, **more: Any) -> Body:
    return client(base, **more).get("data/y1", {"period.M": "2024M01,2024M02"}, what="tabel y1")


def refusal(reply: Reply, **more: Any) -> str:
    """The one message that a service which always answers like this ends in."""
    with (
        serving(lambda _asked, _number: reply) as service,
        pytest.raises(SourceUnavailableError) as caught,
    ):
        asked(service.base, **more)
    assert str(caught.value).startswith("Jobindsats, tabel y1: ")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return str(caught.value).removeprefix("Jobindsats, tabel y1: ")


def test_a_whole_answer_comes_with_its_address_and_hash() -> None:
    with serving(lambda _asked, _number: Reply(b'\xef\xbb\xbf{"a": [1, 2.5, "\xc3\xa6"]}')) as one:
        body = asked(one.base)
    assert body.json() == {"a": [1, 2.5, "æ"]}
    assert body.address == f"{one.base}/data/y1?period.M=2024M01,2024M02"
    assert body.sha256 == hashlib.sha256(b'\xef\xbb\xbf{"a": [1, 2.5, "\xc3\xa6"]}').hexdigest()
    assert len(one.asked) == 1
    sent = one.asked[0]
    assert sent.path == "/v3/data/y1?period.M=2024M01,2024M02"
    assert sent.headers["Authorization"] == f"Bearer {KEY}"
    assert "Cookie" not in sent.headers


def test_a_question_is_posted_as_json() -> None:
    with serving(lambda got, _number: Reply(got.body)) as one:
        assert client(one.base, token=None).post("tableinfo", {"table": "AUK01"}).json() == {
            "table": "AUK01"
        }
    assert "Authorization" not in one.asked[0].headers


def test_gzip_is_unpacked() -> None:
    packed = Reply(gzip.compress(b'{"a": 1}'), headers={"Content-Encoding": "gzip"})
    with serving(lambda _asked, _number: packed) as one:
        assert asked(one.base).content == b'{"a": 1}'


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            Reply(status=401),
            "nøglen blev afvist (HTTP 401). Sæt nøglen her.",
        ),
        (Reply(status=403), "nøglen blev afvist (HTTP 403). Sæt nøglen her."),
        (
            Reply(b'{"message": "Ukendt tabel:\\n y1"}', status=404),
            "det, der blev spurgt om, findes ikke (HTTP 404). Tjenesten skriver: »Ukendt tabel: "
            "y1«. Se efter, om tabellen har fået et nyt id, og om adressen er rigtig.",
        ),
        (
            Reply(b'{"message": "mgroup mangler"}', status=422),
            "tjenesten kunne ikke besvare kaldet (HTTP 422). Tjenesten skriver: »mgroup mangler«. "
            "Se efter, om tabellen er lavet om, og meld fejlen, hvis den bliver ved.",
        ),
        (
            Reply(b'{"message": "k9-vises-ALDRIG-7f3a er forkert"}', status=422),
            "tjenesten kunne ikke besvare kaldet (HTTP 422). "
            "Se efter, om tabellen er lavet om, og meld fejlen, hvis den bliver ved.",
        ),
        (
            Reply(b"<html>Fejl</html>", status=503, kind="text/html"),
            "tjenesten fejlede 5 gange (HTTP 503). Prøv igen senere. Intet er ændret.",
        ),
        (
            Reply(status=429, headers={"Retry-After": "1"}),
            "tjenesten afviste 5 kald, fordi der er spurgt for ofte (HTTP 429). "
            "Prøv igen senere. Intet er ændret.",
        ),
        (
            Reply(b"<!DOCTYPE html><html>Log ind</html>", kind="text/html; charset=utf-8"),
            "svaret er en webside (HTML) og ikke data. Der blev ventet data. "
            "Se, om adressen er rigtig. Intet er ændret.",
        ),
        (
            Reply(b" <html>Log ind</html>", kind="application/json"),
            "svaret er en webside (HTML) og ikke data. Der blev ventet data. "
            "Se, om adressen er rigtig. Intet er ændret.",
        ),
        (
            Reply(b"\x89PNG", kind="image/png"),
            "svaret er af typen image/png. Der blev ventet data. "
            "Se, om adressen er rigtig. Intet er ændret.",
        ),
        (
            Reply(b"  "),
            "svaret er tomt. Der blev ventet data. Se, om adressen er rigtig. Intet er ændret.",
        ),
        (
            Reply(b'{"echo": "k9-vises-ALDRIG-7f3a"}'),
            "svaret gentager nøglen og bruges derfor ikke. Der blev ventet data. "
            "Se, om adressen er rigtig. Intet er ændret.",
        ),
        (
            Reply(b"{}", headers={"Content-Encoding": "br"}),
            "svaret er pakket på en måde, der ikke kan læses (br). Der blev ventet data. "
            "Se, om adressen er rigtig. Intet er ændret.",
        ),
        (
            Reply(b'{"a": 1}', length=2000),
            "svaret blev afbrudt 5 gange, før det var helt. Intet af det er brugt. "
            "Prøv igen senere. Intet er ændret.",
        ),
        (
            Reply(b"a;b\r\n1;2", kind="text/csv", length=None),
            "svaret blev afbrudt 5 gange, før det var helt. Intet af det er brugt. "
            "Prøv igen senere. Intet er ændret.",
        ),
        (
            Reply(gzip.compress(b'{"a": 1}')[:-9], headers={"Content-Encoding": "gzip"}),
            "svaret blev afbrudt 5 gange, før det var helt. Intet af det er brugt. "
            "Prøv igen senere. Intet er ændret.",
        ),
    ],
)
def test_every_fault_is_one_message(reply: Reply, told: str) -> None:
    assert refusal(reply) == told


def test_a_refused_key_is_not_tried_again() -> None:
    with (
        serving(lambda _asked, _number: Reply(status=401)) as service,
        pytest.raises(KeyRefusedError),
    ):
        asked(service.base)
    assert len(service.asked) == 1


def test_a_fault_that_passes_costs_only_time() -> None:
    replies = [
        Reply(status=500, kind="text/html", body=b"<html>"),
        Reply(status=429, headers={"Retry-After": "3"}),
        Reply(b'{"a"', length=100),
        Reply(b'{"a": 7}'),
    ]
    waits, told = Waits(), list[str]()
    with serving(lambda _asked, number: replies[number - 1]) as service:
        body = asked(service.base, sleep=waits, waiting=told.append)
    assert body.json() == {"a": 7}
    assert len(service.asked) == 4
    assert 0.5 <= waits[0] <= 1  # half to whole of 1 second
    assert 3 <= waits[1] <= 3.5  # as asked
    assert 2 <= waits[2] <= 4  # half to whole of 4 seconds
    assert told[1] == (
        "Jobindsats, tabel y1: forsøg 2 lykkedes ikke (HTTP 429); prøver igen om "
        f"{waits[1]:.0f} sek."
    )


def test_backoff_is_not_the_same_for_everybody() -> None:
    seen = set()
    for _ in range(3):
        waits = Waits()
        with (
            serving(lambda _asked, _number: Reply(status=502)) as service,
            pytest.raises(SourceUnavailableError),
        ):
            asked(service.base, sleep=waits, tries=2)
        seen.add(waits[0])
    assert len(seen) == 3


def test_too_long_a_wait_is_told_at_once_with_the_time() -> None:
    waits = Waits()
    told = refusal(Reply(status=429, headers={"Retry-After": "10000"}), sleep=waits)
    assert waits == []
    until = dt.datetime.now().astimezone() + dt.timedelta(seconds=10000)
    near = {f"{until + dt.timedelta(seconds=s):%d.%m.%Y kl. %H.%M}" for s in (-60, 0)}
    assert any(f"tjenesten beder os vente til {text}, og" in told for text in near)
    assert "der ventes højst 120 sekunder. Prøv igen efter det tidspunkt." in told
    assert "9999" not in refusal(Reply(status=503, headers={"Retry-After": "9" * 40}))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        (" 120 ", 120),
        ("Fri, 27 Nov 2026 10:00:30 GMT", 30),
        ("Fri, 27 Nov 2026 09:00:00 GMT", 0),
        ("Fri, 27 Nov 2026 11:00:30 +0100", 30),
        ("snart", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    now = dt.datetime(2026, 11, 27, 10, 0, tzinfo=dt.UTC)
    assert retry_after(value, now) == seconds


def test_a_date_is_honoured_on_the_wire() -> None:
    waits = Waits()
    when = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60), usegmt=True)
    busy = Reply(status=429, headers={"Retry-After": when})
    with serving(lambda _asked, number: busy if number == 1 else Reply()) as service:
        asked(service.base, sleep=waits)
    assert 40 < waits[0] < 61


def test_an_infinite_body_is_cut_off() -> None:
    def endless() -> Iterator[bytes]:
        return itertools.repeat(b"x" * 65536)

    start = time.monotonic()
    told = refusal(Reply(b"{", length=10**12, parts=endless), most_bytes=3_000_000)
    assert told == (
        "svaret er større end de 3 MB, der modtages. Intet er læst. "
        "Meld fejlen, hvis tabellen virkelig er så stor."
    )
    assert time.monotonic() - start < 20


def test_an_endless_error_page_is_only_its_status() -> None:
    def endless() -> Iterator[bytes]:
        return itertools.repeat(b"x" * 65536)

    told = refusal(Reply(b"{", status=400, length=10**12, parts=endless))
    assert told.startswith("tjenesten kunne ikke besvare kaldet (HTTP 400).")


def test_a_gzip_bomb_is_not_unpacked() -> None:
    pack = zlib.compressobj(9, wbits=31)
    bomb = b"".join(pack.compress(b"\0" * 1_000_000) for _ in range(40)) + pack.flush()
    assert len(bomb) < 300_000
    reply = Reply(bomb, headers={"Content-Encoding": "gzip"})
    assert refusal(reply, most_bytes=1_000_000).startswith("svaret er større end de 1 MB")
    tracemalloc.start()
    with pytest.raises(SourceUnavailableError):
        unzip(bomb, 1_000_000, "")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_slow_service_is_given_up() -> None:
    def slow() -> Iterator[bytes]:
        time.sleep(0.6)
        yield b"}"

    late = Reply(b"{", length=2, parts=slow)
    assert refusal(late, timeout=(1, 0.1), tries=2) == (
        "der kom intet svar i tide (2 forsøg). Prøv igen senere. Intet er ændret."
    )


def test_a_body_that_drips_is_given_up() -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(300):
            time.sleep(0.02)
            yield b" " * 65536

    start = time.monotonic()
    reply = Reply(b"{", length=10**9, parts=drip)
    told = refusal(reply, longest=0.1, tries=1)
    assert told.startswith("der kom intet svar i tide (1 forsøg).")
    assert time.monotonic() - start < 4


def test_nobody_there_and_no_such_name() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceUnavailableError, match=r"der er ingen forbindelse \(3 forsøg\)"):
        asked(f"http://127.0.0.1:{port}/v3")
    with pytest.raises(SourceUnavailableError, match="navnet kan ikke slås op"):
        asked("https://findes-ikke.invalid/v3")


def test_without_a_certificate_nothing_is_sent() -> None:
    with (
        serving(lambda _asked, _number: Reply()) as service,
        pytest.raises(SourceUnavailableError, match="sikker forbindelse"),
    ):
        asked(service.base.replace("http://", "https://"), tries=1)
    assert service.asked == []


def test_a_redirect_within_the_host_is_followed() -> None:
    moved = Reply(status=302, headers={"Location": "/v3/her?x=1"})
    with serving(lambda got, _number: Reply(b"[1]") if "her" in got.path else moved) as service:
        body = asked(service.base)
    assert body.json() == [1]
    assert service.asked[1].path == "/v3/her?x=1"


def test_the_key_is_not_taken_to_another_host() -> None:
    with serving(lambda _asked, _number: Reply()) as other:
        port = other.base.split(":")[2]
        for target in (f"http://localhost:{port}/", other.base, f"//127.0.0.1:{port}/v3"):
            told = refusal(Reply(status=307, headers={"Location": target}))
            assert told.startswith("tjenesten viser videre til »")
            assert told.endswith("Er tjenesten flyttet, så sæt den nye adresse.")
    assert other.asked == []
    assert refusal(Reply(status=301, headers={"Location": "/v3"})).startswith(
        "svaret viser videre i ring"
    )


def test_cookies_and_proxies_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda _asked, _number: Reply()) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.base)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        baked = Reply(headers={"Set-Cookie": "spor=1; Path=/"})
        with serving(lambda _asked, _number: baked) as service:
            one = client(service.base)
            one.get("a")
            one.get("b")
    assert proxy.asked == []
    assert [got.headers.get("Cookie") for got in service.asked] == [None, None]


def test_one_call_at_a_time_with_a_pause() -> None:
    waits = Waits()

    def slowly(_asked: object, _number: int) -> Reply:
        time.sleep(0.03)
        return Reply()

    with serving(slowly) as service:
        one = client(service.base, sleep=waits, pause=30)
        threads = [threading.Thread(target=one.get, args=("x",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(service.asked) == 4
    assert service.most_at_once == 1
    assert len(waits) == 3
    assert all(25 < wait <= 30 for wait in waits)


@pytest.mark.parametrize(
    "text", ["[NaN]", '{"a": Infinity}', "[1,]", '{"a": 1', "a;b", "[" * 100_000]
)
def test_what_is_not_json_is_refused(text: str) -> None:
    body = Body(text.encode(), "", "application/json", "Jobindsats")
    with pytest.raises(SourceUnavailableError, match="Jobindsats: svaret er ikke gyldig JSON"):
        body.json()


def test_text_is_read_as_its_charset_says() -> None:
    assert Body("æø".encode("cp1252"), "", "text/csv; charset=windows-1252", "").text() == "æø"
    assert Body("\ufeffæø".encode(), "", "text/csv", "").text() == "æø"
    with pytest.raises(SourceUnavailableError, match="tegnkodning"):
        Body(b"\xff", "", "text/csv", "").text()
    with pytest.raises(SourceUnavailableError, match="tegnkodning"):
        Body(b"a", "", 'text/csv; charset="klingon"', "").text()


@pytest.mark.parametrize(
    "base",
    [
        "http://api.jobindsats.dk/v3",
        "http://127.0.0.1.ond.dk/v3",
        "https://navn:kode@api.jobindsats.dk/v3",
        "https://api.jobindsats.dk/v3?key=1",
        "https://api.jobindsats.dk:99999/v3",
        "ftp://api.jobindsats.dk",
        "api.jobindsats.dk",
        "https://[::1",
        "",
    ],
)
def test_an_address_that_is_not_safe_is_refused(base: str) -> None:
    with pytest.raises(UserError, match="adressen kan ikke bruges") as caught:
        check_address(base, "Jobindsats")
    assert "kode" not in str(caught.value)


def test_safe_addresses_are_taken() -> None:
    for base in ("https://api.jobindsats.dk/v3", "http://127.0.0.1:8/v3", "http://[::1]:8/v3"):
        assert check_address(base, "Jobindsats") == base


@pytest.mark.parametrize("token", ["", " ", "a b", "æble", "a\nX-Ond: 1", "a\x00"])
def test_a_key_that_cannot_be_one_is_refused(token: str) -> None:
    with pytest.raises(KeyRefusedError, match="nøglen mangler eller har ugyldige tegn") as caught:
        Client("https://api.jobindsats.dk/v3", token=token, service="Jobindsats")
    assert not token.strip() or token not in str(caught.value)


def test_selectors_stand_in_the_address_as_documented() -> None:
    asked = {"mgroup.*": "*", "period.M": "latest:14", "hierarchy._nykom": "/5/,/11/"}
    assert query(asked) == "mgroup.*=*&period.M=latest:14&hierarchy._nykom=/5/,/11/"
    assert query({"a": "b&c=d æ"}) == "a=b%26c%3Dd+%C3%A6"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=401, body=json.dumps({"message": KEY}).encode()),
        Reply(status=422, body=json.dumps({"message": f"Bearer {KEY}"}).encode()),
        Reply(status=500),
        Reply(status=429, headers={"Retry-After": "99999"}),
        Reply(b'{"a"', length=50),
        Reply(status=302, headers={"Location": f"https://andet.dk/{KEY}"}),
        Reply(b"<html>", kind="text/html"),
    ],
)
def test_the_key_stands_nowhere(reply: Reply, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    with serving(lambda _asked, _number: reply) as service:
        one = client(service.base, waiting=told.append)
        with pytest.raises(UserError) as caught:
            one.get("data/y1")
    assert service.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    echoed = KEY in str(reply)  # then it stands in the variables, but never in what is written
    assert caught.value.__traceback__
    lines = traceback.TracebackException(
        type(caught.value),
        caught.value,
        caught.value.__traceback__.tb_next,  # without this function, which knows the key
        capture_locals=not echoed,
    )
    written = "".join(lines.format())
    everything = [written, repr(caught.value.__dict__), repr(one), str(vars(one)), caplog.text]
    assert "queries/sources/http.py" in written
    assert [text for text in (*everything, *told) if KEY in text] == []
