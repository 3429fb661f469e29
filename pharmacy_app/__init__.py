"""Plans, prepares, verifies and labels blinatumomab infusion bags."""
