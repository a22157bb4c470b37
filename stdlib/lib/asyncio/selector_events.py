"""The selector loop's names under the module that programs import."""

from .socket_transports import (  # noqa: F401
    _SelectorDatagramTransport, _SelectorSocketTransport, _SelectorTransport)
from .unix_events import BaseSelectorEventLoop  # noqa: F401
