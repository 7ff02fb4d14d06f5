"""Stops reading a file of a form as soon as it is larger than any we take; the rest of the form is kept."""

from collections.abc import Mapping

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

_TOO_LARGE = "_laksana_too_large"


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to a temporary file, up to `settings.MAX_UPLOAD_BYTES`; what is beyond is read and
    dropped. What says of itself that it is a video has `settings.MAX_VIDEO_BYTES`; `store` looks whether it is one.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the chunk, or leave out this file of the form and remember that it was too large."""
        most = settings.MAX_VIDEO_BYTES if self.content_type == "video/mp4" else settings.MAX_UPLOAD_BYTES
        if start + len(raw_data) > most:
            self.file.close()
            if self.request is not None:
                self.request.META.setdefault(_TOO_LARGE, {})[self.field_name] = self.file_name
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def too_large(request: HttpRequest) -> Mapping[str, str]:
    """Return the fields of this form whose file was left out because it is too large, each with the file's
    name.
    """
    refused: Mapping[str, str] = request.META.get(_TOO_LARGE, {})
    return refused
