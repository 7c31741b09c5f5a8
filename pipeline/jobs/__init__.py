"""What the commands run: all stages over batches of articles, in one process or several, with progress and a report."""
