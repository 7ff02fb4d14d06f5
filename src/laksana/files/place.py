"""Where stored files lie: on this machine's disk, or in a bucket that speaks S3 (AWS, MinIO, Ceph), as the environment says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def file_storage(environment: Mapping[str, str], home: Path) -> dict[str, Any]:
    """Return the `default` of Django's STORAGES. The keys to a bucket are read by boto3 itself (AWS_ACCESS_KEY_ID, ...)."""
    bucket = environment.get("LAKSANA_S3_BUCKET", "")
    if not bucket:
        return {
            "BACKEND": "laksana.files.storage.DurableFileSystemStorage",
            "OPTIONS": {"location": home / "files"},
        }
    options = {
        "bucket_name": bucket,
        "endpoint_url": environment.get("LAKSANA_S3_ENDPOINT") or None,
        "region_name": environment.get("LAKSANA_S3_REGION") or None,
        "location": environment.get("LAKSANA_S3_PREFIX", ""),
        "default_acl": None,
        # A content is named by its hash: written again, it says the same.
        "file_overwrite": True,
        "max_memory_size": 5 * 1024 * 1024,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
