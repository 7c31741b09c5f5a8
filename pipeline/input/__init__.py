"""Articles in: out of files or standard input, each record checked."""
