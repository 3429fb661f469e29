"""The fonts that labels and window use."""
