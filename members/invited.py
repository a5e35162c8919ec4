"""How the token of an invitation gets from its page to the new account."""

SESSION_KEY = "invitation"
