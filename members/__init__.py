"""People: accounts, profiles, personas, code of conduct, participation levels, the activity ledger, the Welcome Kit.

Everything that a person is or did is recorded here, and read from here by all other apps."""
