"""What people decide in this room; each service is one transaction with its audit event."""
