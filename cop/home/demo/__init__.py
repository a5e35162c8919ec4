"""A made-up community of any size, the same for the same seed: to try the product, to test it, to measure it."""
