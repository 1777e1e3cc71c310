"""Where files lie: a folder, or an S3-compatible store out of one address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def origin(address: str) -> str:
    """Whence a browser fetches files itself, for the policy of pages; empty where they come through our own."""
    parts = urlsplit(address)
    if parts.scheme not in ("s3", "s3+http"):
        return ""
    port = f":{parts.port}" if parts.port else ""
    return f"{'http' if parts.scheme == 's3+http' else 'https'}://{parts.hostname}{port}"


def storage(address: str, folder: Path) -> dict[str, Any]:
    """s3://KEY:SECRET@HOST/BUCKET?region=…  over TLS, s3+http://… without; file:///folder; empty: `folder`."""
    parts = urlsplit(address)
    if not address or parts.scheme == "file":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": Path(parts.path) if address else folder, "base_url": None},
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "bucket_name": parts.path.strip("/"),
            "endpoint_url": origin(address),
            "region_name": parse_qs(parts.query).get("region", ["us-east-1"])[0],
            "addressing_style": "path",
            "signature_version": "s3v4",
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
