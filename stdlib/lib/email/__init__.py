"""Mail messages: reading them from text (parser), holding them (message), and writing them again (generator).

Which of two worlds a message lives in says its policy: compat32, in which headers are plain strings, and the policies of
email.policy, in which they are objects that know their structure.
"""
__all__ = [
    # modules
    'base64mime', 'charset', 'encoders', 'errors', 'feedparser', 'generator', 'header', 'iterators', 'message', 'mime',
    'parser', 'quoprimime', 'utils',
    # functions
    'message_from_string', 'message_from_bytes', 'message_from_file', 'message_from_binary_file',
]


def _parser(kind, args, kws):
    # Most of the package is only imported when a message is read.
    from email import parser
    return getattr(parser, kind)(*args, **kws)


def message_from_string(s, *args, **kws):
    """The message that a string holds. Further arguments go to email.parser.Parser."""
    return _parser('Parser', args, kws).parsestr(s)


def message_from_file(fp, *args, **kws):
    """The message that can be read from a text file. Further arguments go to email.parser.Parser."""
    return _parser('Parser', args, kws).parse(fp)


def message_from_bytes(s, *args, **kws):
    """The message that some bytes hold. Further arguments go to email.parser.BytesParser."""
    return _parser('BytesParser', args, kws).parsebytes(s)


def message_from_binary_file(fp, *args, **kws):
    """The message that can be read from a binary file. Further arguments go to email.parser.BytesParser."""
    return _parser('BytesParser', args, kws).parse(fp)
