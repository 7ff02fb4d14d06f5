"""Where stored files lie: on this machine's disk, or in a bucket that speaks S3 (AWS, MinIO, Ceph), as the environment says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

EXPORTS: Final = "ekspor"
"""The folder of the files made of books, beside the stored files: whatever machine made one, every machine can give it."""


def file_storage(environment: Mapping[str, str], home: Path) -> dict[str, Any]:
    """Return the `default` of Django's STORAGES. The keys to a bucket are read by boto3 itself (AWS_ACCESS_KEY_ID, ...)."""
    if not environment.get("LAKSANA_S3_BUCKET"):
        return {
            "BACKEND": "laksana.files.storage.DurableFileSystemStorage",
            "OPTIONS": {"location": home / "files"},
        }
    return _bucket(environment, environment.get("LAKSANA_S3_PREFIX", ""))


def export_storage(environment: Mapping[str, str], home: Path) -> dict[str, Any]:
    """Return where the files made of books lie: with the stored files, in a folder of their own that their owner alone reads."""
    prefix = environment.get("LAKSANA_S3_PREFIX", "").strip("/")
    if environment.get("LAKSANA_S3_BUCKET"):
        return _bucket(environment, f"{prefix}/{EXPORTS}".lstrip("/"))
    options = {
        "location": home / "files" / EXPORTS,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    }
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


def _bucket(environment: Mapping[str, str], folder: str) -> dict[str, Any]:
    options = {
        "bucket_name": environment["LAKSANA_S3_BUCKET"],
        "endpoint_url": environment.get("LAKSANA_S3_ENDPOINT") or None,
        "region_name": environment.get("LAKSANA_S3_REGION") or None,
        "location": folder,
        "default_acl": None,
        # A content is named by its hash and an export by its key: written again, it says the same.
        "file_overwrite": True,
        "max_memory_size": 5 * 1024 * 1024,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
