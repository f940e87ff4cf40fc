"""No spelling of a private address passes."""

from __future__ import annotations

import pytest

from crawler.guard import GuardedAddress, check_url, is_public


@pytest.mark.parametrize("url", [
    "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://169.254.169.254/latest", "http://[::1]/",
    "http://[::ffff:10.0.0.1]/", "http://10.1.2.3/", "ftp://a.gov.cn/", "http://a.gov.cn:8080/", "http://[64:ff9b::7f00:1]/",
    "http://[::127.0.0.1]/", "http://[fec0::1]/", "http://[2002:7f00:1::1]/"])
def test_refused(url: str) -> None:
    with pytest.raises(GuardedAddress):
        check_url(url)


def test_public_addresses_pass() -> None:
    check_url("https://www.example.gov.cn/")
    assert is_public("8.8.8.8")
    assert is_public("2400:3200::1")
    assert not is_public("fd00::1")
