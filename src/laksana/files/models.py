"""Stored files: each content once, named by its SHA-256."""

from django.db import models


class StoredFile(models.Model):
    """A content that somebody put in. Who may read it is decided by what refers to it, never by this row."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.media_type})"
