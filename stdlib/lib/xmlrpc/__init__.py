"""Calls over XML and HTTP: client and server."""
