"""What a server shows in a TLS handshake: versions, the chain, whose certificate it is and how long it is good.

A chain is verified against the machine's own store of roots (``SSL_CERT_FILE`` names another). Versions of TLS before
1.2 are outdated (RFC 8996); they are tried one by one, with ciphers that OpenSSL does not offer by itself any more.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import warnings
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

OLD = {"TLSv1": ssl.TLSVersion.TLSv1, "TLSv1.1": ssl.TLSVersion.TLSv1_1}
TIMEOUT = 8.0
NAMES = 100  # kept of a certificate; those of content networks have hundreds


@lru_cache(maxsize=1)
def strict() -> ssl.SSLContext:
    """As a browser would: chain, name and time verified; made once, for loading the roots is dear."""
    return ssl.create_default_context()


@lru_cache(maxsize=1)
def tolerant() -> ssl.SSLContext:
    """Whatever the server offers, nothing verified: only to see what it shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
    return context


@lru_cache(maxsize=8)
def _only(version: ssl.TLSVersion) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = version
        context.maximum_version = version
    return context


def described(ssl_object: ssl.SSLObject) -> dict[str, Any]:
    """version, cipher, and the leaf: names, not_before, not_after (ISO, UTC), issuer, self_signed, sha256; sent: certificates."""
    cipher = ssl_object.cipher()
    out: dict[str, Any] = {"version": ssl_object.version(), "cipher": cipher[0] if cipher else ""}
    der = ssl_object.getpeercert(binary_form=True)
    if der is None:
        return out
    out["sha256"] = hashlib.sha256(der).hexdigest()
    out["sent"] = _sent(ssl_object)
    try:
        return out | _leaf(x509.load_der_x509_certificate(der))
    except Exception as exc:  # certificates break every rule of their grammar, each in a way of its own
        return {**out, "unreadable": f"{type(exc).__name__}: {exc}"[:200]}


def _leaf(leaf: x509.Certificate) -> dict[str, Any]:
    """What a certificate says of itself."""
    try:
        alternative = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = [str(n) for n in alternative.get_values_for_type(x509.DNSName)][:NAMES]
    except x509.ExtensionNotFound:
        names = []
    common = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return {"names": names, "common_name": str(common[0].value) if common else "",
            "issuer": leaf.issuer.rfc4514_string()[:300], "self_signed": leaf.issuer == leaf.subject,
            "not_before": leaf.not_valid_before_utc.isoformat(), "not_after": leaf.not_valid_after_utc.isoformat()}


def _sent(ssl_object: ssl.SSLObject) -> int | None:
    """How many certificates the server sent; Python before 3.13 hides them."""
    inner = getattr(ssl_object, "get_unverified_chain", None) or getattr(getattr(ssl_object, "_sslobj", None), "get_unverified_chain", None)
    return len(inner() or ()) if inner is not None else None


async def versions(address: str, port: int, host: str) -> dict[str, bool | None]:
    """Which outdated versions a server still agrees to, one handshake each; None where it did not answer."""
    return {name: await _agrees(address, port, host, version) for name, version in OLD.items()}


async def _agrees(address: str, port: int, host: str, version: ssl.TLSVersion) -> bool | None:
    try:
        async with asyncio.timeout(TIMEOUT):
            _, writer = await asyncio.open_connection(address, port, ssl=_only(version), server_hostname=host)
            writer.close()
    except ssl.SSLError:
        return False
    except ConnectionResetError:
        return False  # some close on a version that they do not speak instead of saying so
    except (OSError, TimeoutError):
        return None
    return True
