"""Figures that several modules of the package go by."""

import enum

# After so many writes to a connection that is lost, a warning is logged.
LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5
# Seconds before accept() is tried again when descriptors ran out.
ACCEPT_RETRY_DELAY = 1
# Entries of the stacks that debug mode keeps.
DEBUG_STACK_DEPTH = 10
SSL_HANDSHAKE_TIMEOUT = 60.0
SSL_SHUTDOWN_TIMEOUT = 30.0
# Bytes that sendfile's fallback reads at a time.
SENDFILE_FALLBACK_READBUFFER_SIZE = 1024 * 256
# KiB in a transport's buffer above which it pauses its protocol.
FLOW_CONTROL_HIGH_WATER_SSL_READ = 256
FLOW_CONTROL_HIGH_WATER_SSL_WRITE = 512


class _SendfileMode(enum.Enum):
    """How a transport sends a file: not at all, by the system, or by reading
    it."""

    UNSUPPORTED = enum.auto()
    TRY_NATIVE = enum.auto()
    FALLBACK = enum.auto()
