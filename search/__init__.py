"""Find directives: the index, the search page, publication."""
