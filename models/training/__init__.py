"""Training: every shipped weight is made by a command of this package (see `make train`)."""
