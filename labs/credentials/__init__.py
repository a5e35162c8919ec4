"""Certificates as others can check them: Open Badges 3.0 credentials, their keys and status list, badges and sheets.

Nothing here writes to the database."""
