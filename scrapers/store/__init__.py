"""What is kept between runs: articles, revisions, ledger, validators."""
