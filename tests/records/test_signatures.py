"""Electronic signatures over a paper: what is proved, and what is refused with its sentence."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from orken.kit.files import services as files
from orken.records import cms, services
from orken.records.models import Paper
from tests.records.conftest import Made

CONTENT = b"%PDF-1.7 the paper"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def certificate(
    key: Key, name: str, *, by: tuple[Key, x509.Certificate] | None = None, days: tuple[int, int] = (-10, 300), ca: bool = False
) -> x509.Certificate:  # fmt: skip
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name), x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Ұлттық кітапхана")])  # fmt: skip
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(by[1].subject if by else subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days[0])).not_valid_after(now + timedelta(days[1]))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )  # fmt: skip
    return made.sign(by[0] if by else key, hashes.SHA256())


ROOT_KEY, RSA_KEY, EC_KEY = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())  # fmt: skip
ROOT = certificate(ROOT_KEY, "Түбір", ca=True)
SIGNER: dict[str, tuple[Any, x509.Certificate]] = {
    "rsa": (RSA_KEY, certificate(RSA_KEY, "Мұратбеков Қайрат", by=(ROOT_KEY, ROOT))),
    "ec": (EC_KEY, certificate(EC_KEY, "Мұратбеков Қайрат", by=(ROOT_KEY, ROOT))),
}


def signed(
    content: bytes = CONTENT, who: str = "rsa", *, own: tuple[Any, x509.Certificate] | None = None,
    options: tuple[pkcs7.PKCS7Options, ...] = (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary),
    digest: Any = None, encoding: serialization.Encoding = serialization.Encoding.DER,
) -> bytes:  # fmt: skip
    key, made = own or SIGNER[who]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(made, key, digest or hashes.SHA256())
    return builder.sign(encoding, list(options))


@pytest.mark.parametrize("who", ["rsa", "ec"])
@pytest.mark.parametrize("digest", [hashes.SHA256(), hashes.SHA512()])
def test_a_true_signature_names_its_signer_and_its_time(who: str, digest: Any) -> None:
    proof = cms.check(signed(who=who, digest=digest), CONTENT)
    assert (proof.signer, proof.organisation, proof.issuer) == ("Мұратбеков Қайрат", "Ұлттық кітапхана", "Түбір")
    assert proof.chain == cms.UNCHECKED and proof.signed_at and proof.serial == f"{SIGNER[who][1].serial_number:x}"


def test_it_is_read_as_der_pem_base64_with_the_paper_inside_and_without_attributes() -> None:
    der = signed()
    bare = (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoAttributes)
    shapes = [der, signed(encoding=serialization.Encoding.PEM), base64.encodebytes(der), signed(options=(pkcs7.PKCS7Options.Binary,)), signed(options=bare)]  # fmt: skip
    for shape in shapes:
        assert cms.check(shape, CONTENT).signer == "Мұратбеков Қайрат"


def test_another_paper_another_inside_and_a_changed_signature_are_refused() -> None:
    der = signed()
    with pytest.raises(cms.CmsRefused, match="басқа файл"):
        cms.check(der, CONTENT + b" ")
    with pytest.raises(cms.CmsRefused, match="басқа құжат"):
        cms.check(signed(b"%PDF-1.7 other", options=(pkcs7.PKCS7Options.Binary,)), CONTENT)
    with pytest.raises(cms.CmsRefused, match="жалған"):
        cms.check(der[:-8] + bytes(8), CONTENT)


def test_a_certificate_that_is_missing_over_or_weak_is_refused() -> None:
    over = (RSA_KEY, certificate(RSA_KEY, "Ескі", by=(ROOT_KEY, ROOT), days=(-400, -30)))
    with pytest.raises(cms.CmsRefused, match="күшінде болмаған"):
        cms.check(signed(own=over), CONTENT)
    none = (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCerts)
    with pytest.raises(cms.CmsRefused, match="ертификаты"):
        cms.check(signed(options=none), CONTENT)


def test_the_chain_is_said_apart() -> None:
    other_key = ec.generate_private_key(ec.SECP256R1())
    other = certificate(other_key, "Бөтен", ca=True)
    leaf_as_root = certificate(other_key, "Түбір")  # the name of the root, another key
    assert cms.check(signed(), CONTENT, roots=[other, ROOT]).chain == cms.TRUSTED
    assert cms.check(signed(), CONTENT, roots=[other]).chain == cms.UNKNOWN_ROOT
    assert cms.check(signed(), CONTENT, roots=[leaf_as_root]).chain == cms.UNKNOWN_ROOT


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_file_whatever_is_taken_for_a_signature_or_breaks_the_check(data: st.DataObject) -> None:
    """Noise, and a true signature with bytes of it changed: refused with a sentence, or still the same signature over the same paper."""
    der = bytearray(signed())
    if data.draw(st.booleans()):
        der = bytearray(data.draw(st.binary(max_size=400)))
    else:
        for _ in range(data.draw(st.integers(1, 3))):
            der[data.draw(st.integers(0, len(der) - 1))] = data.draw(st.integers(0, 255))
    try:
        proof = cms.check(bytes(der), CONTENT)
    except cms.CmsRefused as refused:
        assert str(refused.args[0])
    else:
        assert proof.digest == cms.check(signed(), CONTENT).digest


def test_a_paper_signed_electronically_is_in_force_with_its_proof(registered: Made) -> None:
    paper = registered()
    assert paper.file is not None
    with files.read(paper.file) as kept:
        content = kept.read()
    with pytest.raises(services.CannotMake) as refusal:
        services.sign_by_cms(paper=paper, signature=SimpleUploadedFile("a.p7s", signed(b"other")), by=None)
    assert "басқа файл" in str(refusal.value.problems[0])
    assert Paper.objects.get(pk=paper.pk).state == Paper.State.REGISTERED
    done = services.sign_by_cms(paper=paper, signature=SimpleUploadedFile("a.p7s", signed(content)), by=None)
    assert done.state == Paper.State.SIGNED and done.signature.signatory_kk == "Мұратбеков Қайрат"
    assert done.signature.proof["chain"] == cms.UNCHECKED
    with files.read(done.signature.file) as kept:
        assert cms.check(kept.read(), content).signer == "Мұратбеков Қайрат"
