"""Certificates of a root of the tests: good, expired, of another name, self-signed, without its intermediate; and old TLS."""

from __future__ import annotations

import datetime as dt
import ssl
import tempfile
import warnings
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOW = dt.datetime.now(dt.UTC)


class Certificates:
    """folder: gets root.pem, which the prober trusts by SSL_CERT_FILE."""

    def __init__(self, folder: Path) -> None:
        self.root = trustme.CA()
        self.middle = self.root.create_child_ca()
        self.root.cert_pem.write_to_path(str(folder / "root.pem"))

    def context(self, kind: str, host: str) -> ssl.SSLContext:
        """A server's context of a kind."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if kind == "self_signed":
            _self_signed(context, host)
            return context
        if kind == "expired":
            cert = self.root.issue_cert(host, not_after=NOW - dt.timedelta(days=3))
        elif kind == "ending":
            cert = self.root.issue_cert(host, not_after=NOW + dt.timedelta(days=9))
        elif kind == "wrong_name":
            cert = self.root.issue_cert("www.elsewhere.example")
        elif kind == "incomplete":
            cert = self.middle.issue_cert(host)
            _load(context, cert.cert_chain_pems[0].bytes(), cert.private_key_pem.bytes())
            return context
        else:
            cert = self.root.issue_cert(host)
        cert.configure_cert(context)
        if kind == "old_tls":
            context.set_ciphers("ALL:@SECLEVEL=0")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1_1
        return context


def _load(context: ssl.SSLContext, chain: bytes, key: bytes) -> None:
    with tempfile.NamedTemporaryFile() as f:
        f.write(chain + key)
        f.flush()
        context.load_cert_chain(f.name)


def _self_signed(context: ssl.SSLContext, host: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    cert = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
            .not_valid_before(NOW - dt.timedelta(days=1)).not_valid_after(NOW + dt.timedelta(days=300))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False).sign(key, hashes.SHA256()))
    _load(context, cert.public_bytes(serialization.Encoding.PEM), key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
