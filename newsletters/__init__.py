"""What we send to many: subscriptions, issues and one delivery row per recipient.

Nobody gets an issue twice, nobody is lost silently; what is uncertain is said."""
