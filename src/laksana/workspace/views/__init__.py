"""The pages of the workspace: thin views that ask services and call actions."""
