"""The policies of the new world: headers are objects that know their structure (headerregistry).

default  for programs     SMTP, SMTPUTF8, HTTP  as these protocols want it     strict  defects are raised
"""
import re
import sys

from email._policybase import Compat32, Policy, compat32
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

    message_factory = EmailMessage
    utf8 = False
    refold_source = 'long'
    header_factory = HeaderRegistry()
    content_manager = raw_data_manager

    def __init__(self, **kw):
        # Each policy gets a registry of its own; its clones share it.
        if 'header_factory' not in kw:
            object.__setattr__(self, 'header_factory', HeaderRegistry())
        super().__init__(**kw)

    def header_max_count(self, name):
        return self.header_factory[name].max_count

    def header_source_parse(self, sourcelines):
        first, *others = sourcelines
        name, _, value = first.partition(':')
        return name, (value.lstrip(' \t') + ''.join(others)).rstrip('\r\n')

    def header_store_parse(self, name, value):
        if hasattr(value, 'name') and value.name.lower() == name.lower():
            return name, value
        if isinstance(value, str) and len(value.splitlines()) > 1:
            raise ValueError('Header values may not contain linefeed or carriage return characters')
        return name, self.header_factory(name, value)

    def header_fetch_parse(self, name, value):
        if hasattr(value, 'name'):
            return value
        return self.header_factory(name, _LINE_END.sub('', value))

    def fold(self, name, value):
        return self._fold(name, value, refold_binary=True)

    def fold_binary(self, name, value):
        folded = self._fold(name, value, refold_binary=self.cte_type == '7bit')
        return folded.encode('utf8' if self.utf8 else 'ascii', 'surrogateescape')

    def _fold(self, name, value, refold_binary=False):
        if hasattr(value, 'name'):
            return value.fold(policy=self)
        # It is as it was read.
        lines = value.splitlines()
        limit = self.max_line_length or sys.maxsize
        lengths = [len(line) for line in lines]
        if lengths:
            lengths[0] += len(name) + 2
        too_long = any(length > limit for length in lengths)
        refold = self.refold_source == 'all' or (self.refold_source == 'long' and too_long)
        if refold or (refold_binary and _has_surrogates(value)):
            return self.header_factory(name, ''.join(lines)).fold(policy=self)
        return f'{name}: {self.linesep.join(lines)}{self.linesep}'


default = EmailPolicy()
# The default uses the registry of the class, so that all see what is added to it.
del default.header_factory
strict = default.clone(raise_on_defect=True)
SMTP = default.clone(linesep='\r\n')
HTTP = default.clone(linesep='\r\n', max_line_length=None)
SMTPUTF8 = SMTP.clone(utf8=True)
