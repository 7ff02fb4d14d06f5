"""Static files as they are served: hashed names once they were collected, plain names before."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Whitenoise's storage, in which a page can be drawn before anything was collected (tests, a first look)."""

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a collected file; a missing one is still an error once there is a manifest."""
        return str(super().stored_name(name)) if self.hashed_files else name
