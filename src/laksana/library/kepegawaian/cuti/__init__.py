"""Leave request."""
