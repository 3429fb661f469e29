"""What comes from outside: files of orders, supplies, protocols, holidays. Refused, never repaired."""
