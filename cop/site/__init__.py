"""What the whole site keeps records of: its brand, the mail that leaves it, the runs of its jobs, its starter records.

Lies just above cop.lib, because every app sends mail and runs jobs."""
