"""Imports from files under the name that CPython gives them; the real ones are native."""
from importlib.machinery import (BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, SOURCE_SUFFIXES, ExtensionFileLoader, FileFinder,
                                 NamespaceLoader, PathFinder, SourceFileLoader, SourceLoader, SourcelessFileLoader,
                                 _NamespacePath)
from importlib.util import (MAGIC_NUMBER, cache_from_source, decode_source, source_from_cache, source_hash,
                            spec_from_file_location)


def _get_sourcefile(bytecode_path):
    """The source file for the path of a compiled one; the path itself if there is none."""
    import os
    if not bytecode_path:
        return None
    stem, dot, extension = bytecode_path.rpartition('.')
    if not dot or extension.lower()[-3:-1] != 'py':
        return bytecode_path
    try:
        source = source_from_cache(bytecode_path)
    except (NotImplementedError, ValueError):
        source = bytecode_path[:-1]
    return source if os.path.isfile(source) else bytecode_path
