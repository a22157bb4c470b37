"""The selector loop's names under the module that programs import."""

from .datagram_transport import _SelectorDatagramTransport  # noqa: F401
from .socket_transports import _SelectorSocketTransport, _SelectorTransport  # noqa: F401
from .unix_events import BaseSelectorEventLoop  # noqa: F401
