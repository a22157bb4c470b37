"""The policies of the new world: headers are objects that know their structure (headerregistry).

default  for programs     SMTP, SMTPUTF8, HTTP  as these protocols want it     strict  defects are raised
"""
import re
import sys

from email._policybase import Compat32, Policy, compat32, split_source
from email.contentmanager import raw_data_manager
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.utils import _has_surrogates

__all__ = ['Compat32', 'compat32', 'Policy', 'EmailPolicy', 'default', 'strict', 'SMTP', 'HTTP']

_LINE_END = re.compile(r'\n|\r')


class EmailPolicy(Policy):
    """Besides what all policies have:

    utf8            whether headers may be UTF-8 and need no encoded words
    refold_source   which headers that were read are folded anew: 'none', 'all', or 'long' (those with too long a line)
    header_factory  makes the header objects: header_factory(name, value)
    content_manager does get_content() and set_content() of messages
    """

    utf8, refold_source = False, 'long'
    message_factory, content_manager = EmailMessage, raw_data_manager
    header_factory = HeaderRegistry()

    def __init__(self, **kw):
        # Each policy gets a registry of its own; its clones share it.
        super().__init__(**{'header_factory': HeaderRegistry(), **kw})

    def header_max_count(self, name):
        kind = self.header_factory[name]
        return kind.max_count

    def header_source_parse(self, sourcelines):
        return split_source(sourcelines)

    def header_store_parse(self, name, value):
        own_name = getattr(value, 'name', None)
        if own_name is not None and own_name.lower() == name.lower():
            # It is a header object already.
            return name, value
        if isinstance(value, str) and len(value.splitlines()) > 1:
            raise ValueError('Header values may not contain linefeed or carriage return characters')
        return name, self.header_factory(name, value)

    def header_fetch_parse(self, name, value):
        return value if hasattr(value, 'name') else self.header_factory(name, _LINE_END.sub('', value))

    def fold(self, name, value):
        return self._folded(name, value, keep_bytes=False)

    def fold_binary(self, name, value):
        text = self._folded(name, value, keep_bytes=self.cte_type != '7bit')
        return text.encode('utf8' if self.utf8 else 'ascii', 'surrogateescape')

    def _folded(self, name, value, keep_bytes):
        """The lines of a header; one that was read keeps its lines if it may."""
        if hasattr(value, 'name'):
            return value.fold(policy=self)
        lines = value.splitlines()
        if self._wants_refold(name, lines) or not keep_bytes and _has_surrogates(value):
            return self.header_factory(name, ''.join(lines)).fold(policy=self)
        return f'{name}: {self.linesep.join(lines)}{self.linesep}'

    def _wants_refold(self, name, lines):
        if self.refold_source != 'long':
            return self.refold_source == 'all'
        room = self.max_line_length or sys.maxsize
        # The first line begins with the name, a colon and a space.
        return any(len(line) + (0 if number else len(name) + 2) > room for number, line in enumerate(lines))


default = EmailPolicy()
# The default uses the registry of the class, so that all see what is added to it.
del default.header_factory
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep='\r\n')
HTTP = SMTP.clone(max_line_length=None)
SMTPUTF8 = SMTP.clone(utf8=True)
