"""When a number of people may be shown."""

# A smaller group is never shown as a figure about people: who is in it could be guessed.
FEWEST_COUNTED = 5
