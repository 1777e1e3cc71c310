"""Base58 (Bitcoin alphabet) with the multibase letter «z», as did:key and Data Integrity write bytes."""

from __future__ import annotations

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"  # multicodec: an Ed25519 public key follows


def encode(content: bytes) -> str:
    number, letters = int.from_bytes(content, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters = ALPHABET[rest] + letters
    return "z" + "1" * (len(content) - len(content.lstrip(b"\0"))) + letters


def decode(text: str) -> bytes:
    """Raises ValueError on anything else."""
    if not text.startswith("z"):
        raise ValueError("not base58 multibase")
    body = text[1:]
    number = 0
    for letter in body:
        number = number * 58 + ALPHABET.index(letter)
    zeros = len(body) - len(body.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
