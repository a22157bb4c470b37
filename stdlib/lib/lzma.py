"""The formats of xz: whole strings, streams (from _lzma) and files (on _compression)."""
import _compression
from _lzma import *
from _lzma import _decode_filter_properties, _encode_filter_properties

__all__ = [
    'CHECK_NONE', 'CHECK_CRC32', 'CHECK_CRC64', 'CHECK_SHA256', 'CHECK_ID_MAX', 'CHECK_UNKNOWN',
    'FILTER_LZMA1', 'FILTER_LZMA2', 'FILTER_DELTA', 'FILTER_X86', 'FILTER_IA64', 'FILTER_ARM', 'FILTER_ARMTHUMB',
    'FILTER_POWERPC', 'FILTER_SPARC', 'FORMAT_AUTO', 'FORMAT_XZ', 'FORMAT_ALONE', 'FORMAT_RAW',
    'MF_HC3', 'MF_HC4', 'MF_BT2', 'MF_BT3', 'MF_BT4', 'MODE_FAST', 'MODE_NORMAL', 'PRESET_DEFAULT', 'PRESET_EXTREME',
    'LZMACompressor', 'LZMADecompressor', 'LZMAFile', 'LZMAError', 'open', 'compress', 'decompress',
    'is_check_supported',
]


class LZMAFile(_compression.CompressedFile):
    """An xz or lzma file in binary mode, opened by name or over another file."""


    def __init__(self, filename=None, mode='r', *, format=None, check=-1, preset=None, filters=None):
        self._settings = format, check, preset, filters
        if mode in ('r', 'rb'):
            if check != -1:
                raise ValueError('Cannot specify an integrity check when opening a file for reading')
            if preset is not None:
                raise ValueError('Cannot specify a preset compression level when opening a file for reading')
        elif not mode:
            raise ValueError(f'Invalid mode: {mode!r}')
        self._open(filename, mode)

    def _compressor(self):
        format, check, preset, filters = self._settings
        return LZMACompressor(FORMAT_XZ if format is None else format, check, preset, filters)

    def _reader(self):
        format, _, _, filters = self._settings
        return _compression.DecompressReader(self._fp, LZMADecompressor, trailing_error=LZMAError,
                                             format=FORMAT_AUTO if format is None else format, filters=filters)


def open(filename, mode='rb', *, format=None, check=-1, preset=None, filters=None, encoding=None, errors=None,
         newline=None):
    """Opens an xz or lzma file, by name or over another file, in binary or ('rt', 'wt', 'xt', 'at') text mode."""
    def make(binary):
        return LZMAFile(filename, binary, format=format, check=check, preset=preset, filters=filters)
    return _compression.open_file(make, mode, encoding, errors, newline)


def compress(data, format=FORMAT_XZ, check=-1, preset=None, filters=None):
    """The data as one stream."""
    stream = LZMACompressor(format, check, preset, filters)
    body = stream.compress(data)
    return body + stream.flush()


def decompress(data, format=FORMAT_AUTO, memlimit=None, filters=None):
    """What a stream, or several in a row, hold; other bytes behind the first stream are ignored."""
    contents = []
    while True:
        stream = LZMADecompressor(format, memlimit, filters)
        try:
            contents.append(stream.decompress(data))
        except LZMAError:
            if contents:
                break
            raise
        if not stream.eof:
            raise LZMAError('Compressed data ended before the end-of-stream marker was reached')
        data = stream.unused_data
        if not data:
            break
    return b''.join(contents)
