"""The transport of child processes, by the name that other code expects."""

from .subprocess import ChildTransport as BaseSubprocessTransport

__all__ = ("BaseSubprocessTransport",)
