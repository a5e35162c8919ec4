"""Everything that runs the project on one machine without Docker: embedded servers, demo, mail catcher, test command.

Nothing of the product imports this package, and production never installs what it needs."""
