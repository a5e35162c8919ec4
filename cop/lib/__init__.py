"""What every app may use: refusals, Markdown, mail parts, template words. Has no models and imports no app."""
