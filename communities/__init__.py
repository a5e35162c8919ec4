"""Groups that people form: the five target communities, interest groups, membership, channels.

Who belongs where, and in which role, is recorded here."""
