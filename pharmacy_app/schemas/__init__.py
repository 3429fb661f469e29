"""The JSON Schemas of the documents that the command line reads and prints."""
