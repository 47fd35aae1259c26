"""Which hosts may be called: the settings say so, and no address of the house unless named."""

from __future__ import annotations

import ipaddress

import pytest

from engine.services import Hosts, ServiceError, call_http
from engine.services.hosts import is_public
from engine.settings import Settings

# Ways to say "this machine" or "this network" that have fooled others.
INSIDE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.0.1:80/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://0.0.0.0/",
    "http://0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://10.0.0.1/",
    "http://10.255.255.255:443/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
]
MALFORMED = [
    "",
    "//127.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "ftp://127.0.0.1/",
    "http://",
    "http:///x",
    "http://user@127.0.0.1/",
    "http://user:pw@127.0.0.1/",
    "http://api.example@127.0.0.1/",
    "http://127.0.0.1\\@api.example/",
    "http://127.0.0.1:0x50/",
    "http://127.0.0.1:99999/",
    "http://[::1/",
    "http://a b/",
    "http://a\r\nHost: b/",
    "http://ａ.example/",
    None,
    7,
]


def call(url: object, hosts: Hosts) -> str:
    """Why the call is refused; it must be refused for good."""
    with pytest.raises(ServiceError) as refused:
        call_http({"url": url}, hosts, "kunci", 2.0)
    assert refused.value.permanent
    return refused.value.reason


@pytest.mark.parametrize("url", INSIDE)
def test_without_settings_nothing_is_called(url: str) -> None:
    assert call(url, Hosts()).startswith("host_not_allowed")


@pytest.mark.parametrize("url", INSIDE)
def test_an_inside_address_is_refused_even_where_its_name_is_allowed(url: str) -> None:
    host = url.split("/")[2].lower()
    host = host.removesuffix(":80").removesuffix(":443")
    try:
        reason = call(url, Hosts(outer=frozenset({host, host.strip("[]")})))
    except AssertionError:  # a spelling that this system does not take for an address at all
        with pytest.raises(ServiceError) as refused:
            call_http({"url": url}, Hosts(outer=frozenset({host})), "kunci", 2.0)
        assert refused.value.reason.startswith("unresolvable")
    else:
        assert reason.startswith(("address_not_allowed", "host_not_allowed"))


@pytest.mark.parametrize("url", MALFORMED)
def test_what_is_no_plain_address_is_refused(url: object) -> None:
    everything = frozenset({"127.0.0.1", "api.example", "a", "b", "[::1]"})
    assert call(url, Hosts(outer=everything, inner=everything)) == "url_invalid"


def test_a_port_must_be_named_unless_it_is_the_usual_one() -> None:
    hosts = Hosts.read("localhost,localhost:8443", "")
    assert call("http://localhost:8080/", hosts).startswith("host_not_allowed")
    for url in ("http://localhost/", "https://localhost/", "https://localhost:8443/"):
        assert call(url, hosts).startswith("address_not_allowed")


def test_one_inside_address_among_others_spoils_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: answers)
    hosts = Hosts.read("campur.example", "")
    assert call("http://campur.example/", hosts).startswith("address_not_allowed")


@pytest.mark.parametrize("text", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_open_internet_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


def test_settings_are_read_strictly() -> None:
    given = {"ALUR_SERVICE_HOSTS": "Api.Example.go.id, data.example:8443,[2001:db8::1]:80"}
    settings = Settings.from_env(given)
    assert settings.service_hosts == "api.example.go.id,data.example:8443,[2001:db8::1]:80"
    assert Settings.from_env(settings.to_env()) == settings
    hosts = Hosts.read(settings.service_hosts, settings.service_private_hosts)
    assert "api.example.go.id" in hosts.outer and hosts.inner == frozenset()
