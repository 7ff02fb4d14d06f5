"""Pages for those who look after the system itself: accounts, rights, templates and letterhead, the audit trail."""
