"""The protocol and the training site, as data."""
