"""When the course does not go to plan, by the commands alone."""
