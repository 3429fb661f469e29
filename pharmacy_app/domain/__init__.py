"""The pharmacy's rules: pure Python, no framework, no clock, no file."""
