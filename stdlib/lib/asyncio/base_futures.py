"""How futures are shown, and their states by name."""

import reprlib

from _asyncio import isfuture  # noqa: F401

from . import format_helpers

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"


def _format_callbacks(pairs):
    """The first callback, the last, and how many are between them."""
    def shown(pair):
        return format_helpers._format_callback_source(pair[0], ())

    texts = [shown(pair) for pair in pairs[:1]]
    if len(pairs) > 2:
        texts.append(f"<{len(pairs) - 2} more>")
    if len(pairs) > 1:
        texts.append(shown(pairs[-1]))
    return f"cb=[{', '.join(texts)}]"


@reprlib.recursive_repr()
def _result_repr(future):
    return reprlib.repr(future._result)


def _future_repr_info(future):
    state = future._state
    info = [state.lower()]
    if state == _FINISHED:
        if future._exception is not None:
            info.append(f"exception={future._exception!r}")
        else:
            info.append(f"result={_result_repr(future)}")
    if future._callbacks:
        info.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        frame = future._source_traceback[-1]
        info.append(f"created at {frame[0]}:{frame[1]}")
    return info


@reprlib.recursive_repr()
def _future_repr(future):
    return f"<{type(future).__name__} {' '.join(future._repr_info())}>"
