"""How we decide: the steering committee with seats and terms, and the documents that are in force.

A new code of conduct put in force here is what members must accept."""
