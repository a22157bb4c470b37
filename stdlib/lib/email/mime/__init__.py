"""Classes for making messages of the usual kinds, with plain headers (policy compat32)."""
