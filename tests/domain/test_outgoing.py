"""Requests to other people's servers, of which some are hostile."""

import datetime
import gzip
import socket
import ssl
import time
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import LazySettings

from claims.domain import outgoing
from claims.domain.outgoing import OutgoingError, TooLongError, send
from tests.names import Names
from tests.receivers import raw_server, receiver


@pytest.fixture(autouse=True)
def _this_machine(settings: LazySettings) -> None:
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("127.0.0.0/16")]


def test_request_and_answer() -> None:
    with receiver() as server:
        server.answers = [(201, {"X-Thing": "there"}, b"made")]

        answer = send("POST", server.address("/a?b=c"), body=b"{}", headers={"Content-Type": "application/json"})

    received = server.received[0]
    assert (answer.status, answer.body, answer.headers["x-thing"]) == (201, b"made", "there")
    assert answer.address == server.address("/a?b=c")
    assert (received.method, received.path, received.body) == ("POST", "/a?b=c", b"{}")
    assert received.headers == {
        "Host": f"127.0.0.1:{server.port}",
        "User-Agent": "Factcheck",
        "Accept-Encoding": "identity",
        "Content-Type": "application/json",
        "Content-Length": "2",
    }


def test_proxies_of_the_environment_and_cookies_play_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    with receiver() as server:
        server.answers = [(302, {"Set-Cookie": "a=b", "Location": "/next"}, b""), (200, {}, b"ok")]

        answer = send("GET", server.address(), redirects=1)

    assert (answer.status, [sorted(each.headers) for each in server.received]) == (
        200,
        [["Accept-Encoding", "Host", "User-Agent"]] * 2,
    )


@pytest.mark.parametrize("host", ["127.1.0.1", "localhost.example", "[::1]", "[::ffff:127.0.0.1]"])
def test_private_address_is_not_even_connected_to(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    Names({"localhost.example": ["127.1.0.1"], "::1": ["::1"], "127.1.0.1": ["127.1.0.1"]}).install(monkeypatch)
    refused = pytest.raises(OutgoingError, match=r"is not on the public internet|cannot be resolved")
    with receiver() as server, refused:
        send("GET", server.address(host=host))

    assert server.received == []


def test_name_that_leads_elsewhere_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connecting resolves nothing: a name server that answers anew has no say any more."""
    names = Names({"a.example": [["127.0.0.1"], ["127.1.0.1"]]})
    names.install(monkeypatch)
    with receiver() as server:
        answer = send("GET", server.address(host="a.example"))
        with pytest.raises(OutgoingError, match=r"^a\.example leads to 127\.1\.0\.1, which is not on the public"):
            send("GET", server.address(host="a.example"))

    assert (answer.body, names.asked, len(server.received)) == (b"ok", ["a.example", "a.example"], 1)
    assert server.received[0].headers["Host"] == f"a.example:{server.port}"


def test_redirect_to_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    Names({"a.example": ["127.0.0.1"], "127.1.0.1": ["127.1.0.1"]}).install(monkeypatch)
    with receiver() as server:
        server.answers = [(302, {"Location": server.address("/secret", host="127.1.0.1")}, b"")]
        with pytest.raises(OutgoingError, match=r"^127\.1\.0\.1 is not on the public"):
            send("GET", server.address(host="a.example"), redirects=3)

    assert [each.path for each in server.received] == ["/"]


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://u:p@a.example/", "http://[", "http://0x7f.1/"])
def test_redirect_to_what_is_no_address(location: str) -> None:
    with receiver() as server:
        server.answers = [(302, {"Location": location}, b"")]
        with pytest.raises(OutgoingError, match=r"web address|must not carry|is a number"):
            send("GET", server.address(), redirects=3)


def test_redirect_that_was_not_asked_for() -> None:
    with receiver() as server:
        server.answers = [(302, {"Location": "/next"}, b"")]

        answer = send("GET", server.address())

    assert (answer.status, answer.headers["Location"], len(server.received)) == (302, "/next", 1)


def test_redirect_without_end() -> None:
    with receiver() as server:
        server.answers = [(302, {"Location": "/"}, b"")]
        with pytest.raises(OutgoingError, match=r"redirects more than 3 times\.$"):
            send("GET", server.address(), redirects=3)

    assert len(server.received) == 4


@pytest.mark.parametrize(("status", "method", "body"), [(302, "GET", b""), (303, "GET", b""), (307, "POST", b"{}")])
def test_redirect_of_a_request_with_a_body(status: int, method: str, body: bytes) -> None:
    with receiver() as server:
        server.answers = [(status, {"Location": "b?c"}, b""), (200, {}, b"ok")]

        answer = send("POST", server.address("/a"), body=b"{}", headers={"Content-Type": "x/y"}, redirects=1)

    second = server.received[1]
    assert (second.method, second.path, second.body) == (method, "/b?c", body)
    assert second.headers.get("Content-Type") == ("x/y" if body else None)
    assert answer.address == server.address("/b?c")


def test_redirect_to_another_site_is_not_told_secrets() -> None:
    with receiver() as server, receiver() as other:
        server.answers = [(302, {"Location": "/next"}, b""), (302, {"Location": other.address()}, b"")]

        send("GET", server.address(), headers={"Authorization": "Bearer x", "X-A": "b"}, redirects=2)

    assert [each.headers.get("Authorization") for each in server.received + other.received] == [
        "Bearer x",
        "Bearer x",
        None,
    ]
    assert other.received[0].headers["X-A"] == "b"


def _drip(head: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    def talk(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(head)
        while True:
            line.sendall(drop)
            time.sleep(0.02)

    return talk


def _say(text: bytes) -> Callable[[socket.socket], None]:
    def talk(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(text)

    return talk


@pytest.mark.parametrize(
    "talk",
    [
        _drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
        _drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        _drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        _drip(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        _drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        _drip(b"", b"x"),
        lambda line: time.sleep(5),
    ],
    ids=["length", "until closed", "chunks", "header", "continue", "status", "silent"],
)
def test_server_that_takes_its_time(talk: Callable[[socket.socket], None]) -> None:
    """Each read brings something within the time; all of them together do not."""
    with raw_server(talk) as port:
        started = time.monotonic()
        with pytest.raises(OutgoingError, match=r"^127\.0\.0\.1 did not answer in time\.$"):
            send("GET", f"http://127.0.0.1:{port}/", seconds=0.3)

    assert 0.25 < time.monotonic() - started < 2


def test_server_that_takes_its_time_to_shake_hands() -> None:
    def talk(line: socket.socket) -> None:
        for byte in b"\x16\x03\x03\x40\x00" + bytes(1000):  # a TLS record that is announced, and never ends
            line.sendall(bytes([byte]))
            time.sleep(0.02)

    with raw_server(talk) as port:
        started = time.monotonic()
        with pytest.raises(OutgoingError, match=r"^127\.0\.0\.1 did not answer in time\.$"):
            send("GET", f"https://127.0.0.1:{port}/", seconds=0.3)

    assert time.monotonic() - started < 2


def test_redirects_share_the_time() -> None:
    def talk(line: socket.socket) -> None:
        line.recv(65536)
        time.sleep(0.1)
        line.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    with raw_server(talk) as port:
        started = time.monotonic()
        with pytest.raises(OutgoingError, match=r"in time\.$"):
            send("GET", f"http://127.0.0.1:{port}/", seconds=0.35, redirects=50)

    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", b"x" * 65536),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    ],
)
def test_body_without_end(head: bytes, drop: bytes) -> None:
    too_long = pytest.raises(TooLongError, match=r"^The answer is longer than 1,000 bytes\.$")
    with raw_server(_drip(head, drop)) as port, too_long as caught:
        send("GET", f"http://127.0.0.1:{port}/", most_bytes=1000)

    assert (caught.value.answer.status, caught.value.answer.body) == (200, b"x" * 1000)


def test_body_as_long_as_allowed() -> None:
    with receiver() as server:
        server.answers = [(200, {}, b"x" * 1000)]

        assert send("GET", server.address(), most_bytes=1000).body == b"x" * 1000


def test_body_that_was_packed_small() -> None:
    with receiver() as server:
        server.answers = [(200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000)))]
        with pytest.raises(TooLongError) as caught:
            send("GET", server.address(), most_bytes=1000)

    assert caught.value.answer.body == bytes(1000)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00\xff\xfe garbage",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nshort",
    ],
)
def test_server_that_answers_garbage(text: bytes) -> None:
    sentence = r"^(127\.0\.0\.1 did not answer as HTTP asks|The connection to 127\.0\.0\.1 failed) \("
    with raw_server(_say(text)) as port, pytest.raises(OutgoingError, match=sentence):
        send("GET", f"http://127.0.0.1:{port}/", seconds=5)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(OutgoingError, match=r"^127\.0\.0\.1 refused the connection\.$"):
        send("GET", f"http://127.0.0.1:{port}/")


def test_second_address_is_tried_where_the_first_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    Names({"a.example": ["127.0.0.9", "127.0.0.1"]}).install(monkeypatch)
    with receiver() as server:
        assert send("GET", server.address(host="a.example")).status == 200


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Of a server whose certificate is for a.example, and is trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a.example")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("a.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    return context


@pytest.fixture(autouse=True)
def _trust_anew() -> None:
    outgoing._tls.cache_clear()


def test_certificate_and_sni_are_by_name(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    Names({"a.example": ["127.0.0.1"], "b.example": ["127.0.0.1"]}).install(monkeypatch)
    named: list[str | None] = []
    tls.sni_callback = lambda line, name, context: named.append(name)
    with receiver(tls) as server:
        answer = send("GET", server.address(host="a.example", scheme="https"))
        with pytest.raises(
            OutgoingError, match=r"^b\.example has no certificate that can be trusted: Hostname mismatch"
        ):
            send("GET", server.address(host="b.example", scheme="https"))

    assert (answer.body, named) == (b"ok", ["a.example", "b.example"])
    assert server.received[0].headers["Host"] == f"a.example:{server.port}"


def test_certificate_that_nobody_vouches_for(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    Names({"a.example": ["127.0.0.1"]}).install(monkeypatch)
    monkeypatch.delenv("SSL_CERT_FILE")
    refused = pytest.raises(OutgoingError, match=r"^a\.example has no certificate that can be trusted: self")
    with receiver(tls) as server, refused:
        send("GET", server.address(host="a.example", scheme="https"))

    assert server.received == []
