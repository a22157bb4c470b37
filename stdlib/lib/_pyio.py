"""The classes of io under the name that CPython's other implementation of them has. There is one implementation here."""
import io as _io_module
from io import *
from io import (SEEK_CUR, SEEK_END, SEEK_SET, BufferedIOBase, BytesIO, FileIO, IncrementalNewlineDecoder, IOBase,
                RawIOBase, StringIO, TextIOBase, TextIOWrapper, open_code, text_encoding)

__all__ = list(_io_module.__all__)
open = _io_module.open
OpenWrapper = open
