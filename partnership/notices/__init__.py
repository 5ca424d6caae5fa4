"""Duties, reminders, the outbox and digests."""
