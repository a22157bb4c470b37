"""Imports from files under the name that CPython gives them; the real ones are native."""
from importlib.machinery import (BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, SOURCE_SUFFIXES, ExtensionFileLoader, FileFinder,
                                 NamespaceLoader, PathFinder, SourceFileLoader, SourceLoader, SourcelessFileLoader)
from importlib.util import (MAGIC_NUMBER, cache_from_source, decode_source, source_from_cache, source_hash,
                            spec_from_file_location)
