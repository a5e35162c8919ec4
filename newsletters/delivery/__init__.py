"""How an issue reaches everybody once: audience frozen into rows, rows claimed in batches, one SMTP line per worker.

A row goes pending → claimed → sending → sent, failed or uncertain. *Sending* is committed before the first SMTP
command, so a row in that state whose worker died may have arrived: it becomes uncertain, and only a person sends it
again."""
