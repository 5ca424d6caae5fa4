"""What knows nothing of schools: registers, access, versions, uploads, progress, pages and tags."""
