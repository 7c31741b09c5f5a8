"""The registry of sources, their page eras, and the probe that writes declarations."""
