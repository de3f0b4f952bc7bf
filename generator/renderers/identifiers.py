"""Ids that are the same every time, in a form that Postman keeps."""

import hashlib


def stable_id(*names: str) -> str:
    """Return a UUID made from `names` by hash and stamped as version 4 (RFC 9562, 5.4): Postman rewrites others."""
    digest = bytearray(hashlib.sha256("\x00".join(names).encode("utf-8", "surrogatepass")).digest()[:16])
    digest[6] = (digest[6] & 0x0F) | 0x40
    digest[8] = (digest[8] & 0x3F) | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
