"""The text of a record: formats in three styles, and the formatters that use them."""
import time

BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'


class PercentStyle:
    """Formats as the operator % has them. The other styles override what differs."""

    default_format, asctime_format, asctime_search = '%(message)s', '%(asctime)s', '%(asctime)'
    _NAMES_A_FIELD = r'(?i)%\(\w+\)[#0+ -]*(\*|\d+)?(\.(\*|\d+))?[diouxefgcrsa%]'

    def __init__(self, fmt, *, defaults=None):
        self._fmt, self._defaults = fmt or self.default_format, defaults

    def usesTime(self):
        return self.asctime_search in self._fmt

    def validate(self):
        """ValueError unless the format names at least one attribute."""
        import re
        if re.search(self._NAMES_A_FIELD, self._fmt) is None:
            raise ValueError(f"Invalid format '{self._fmt}' for '{self.default_format[0]}' style")

    def _values(self, record):
        return {**self._defaults, **vars(record)} if self._defaults else vars(record)

    def _format(self, record):
        return self._fmt % self._values(record)

    def format(self, record):
        try:
            return self._format(record)
        except KeyError as missing:
            raise ValueError(f'Formatting field not found in record: {missing}')


class StrFormatStyle(PercentStyle):
    """Formats as str.format has them."""

    default_format, asctime_format, asctime_search = '{message}', '{asctime}', '{asctime'
    _FIELD = r'(\d+|\w+)(\.\w+|\[[^]]+\])*$'
    _SPEC = r'(?i)(.?[<=>^])?[+ -]?#?0?(\d+|{\w+})?[,_]?(\.(\d+|{\w+}))?[bcdefgnosx%]?$'

    def _format(self, record):
        return self._fmt.format(**self._values(record))

    def validate(self):
        from string import Formatter as Parser
        fields = 0
        try:
            for _text, field, spec, conversion in Parser().parse(self._fmt):
                self._check(field, spec, conversion)
                fields += bool(field)
        except ValueError as mistake:
            raise ValueError(f'invalid format: {mistake}')
        if not fields:
            raise ValueError('invalid format: no fields')

    def _check(self, field, spec, conversion):
        import re
        if field and not re.match(self._FIELD, field):
            raise ValueError(f'invalid field name/expression: {field!r}')
        if conversion and conversion not in 'rsa':
            raise ValueError(f'invalid conversion: {conversion!r}')
        if spec and not re.match(self._SPEC, spec):
            raise ValueError(f'bad specifier: {spec!r}')


class StringTemplateStyle(PercentStyle):
    """Formats as string.Template has them."""

    default_format, asctime_format, asctime_search = '${message}', '${asctime}', '${asctime}'

    def __init__(self, *args, **kwargs):
        from string import Template
        super().__init__(*args, **kwargs)
        self._tpl = Template(self._fmt)

    def usesTime(self):
        return '$asctime' in self._fmt or super().usesTime()

    def validate(self):
        fields = 0
        for match in self._tpl.pattern.finditer(self._fmt):
            if match['named'] or match['braced']:
                fields += 1
            elif match[0] == '$':
                raise ValueError("invalid format: bare '$' not allowed")
        if not fields:
            raise ValueError('invalid format: no fields')

    def _format(self, record):
        return self._tpl.substitute(**self._values(record))


_STYLES = {'%': (PercentStyle, BASIC_FORMAT),
           '{': (StrFormatStyle, '{levelname}:{name}:{message}'),
           '$': (StringTemplateStyle, '${levelname}:${name}:${message}')}


def _check_style(style):
    if style not in _STYLES:
        raise ValueError(f'Style must be one of: {",".join(_STYLES)}')


class Formatter:
    """Makes the text of a record, by a format in one of three styles."""

    converter = time.localtime
    default_time_format, default_msec_format = '%Y-%m-%d %H:%M:%S', '%s,%03d'

    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        _check_style(style)
        make_style, _ = _STYLES[style]
        self._style = make_style(fmt, defaults=defaults)
        if validate:
            self._style.validate()
        self._fmt, self.datefmt = self._style._fmt, datefmt

    def formatTime(self, record, datefmt=None):
        """The time of the record."""
        moment = self.converter(record.created)
        text = time.strftime(datefmt or self.default_time_format, moment)
        with_msecs = self.default_msec_format and not datefmt
        return self.default_msec_format % (text, record.msecs) if with_msecs else text

    def formatException(self, ei):
        """The traceback as text, without a line end."""
        import traceback
        return ''.join(traceback.format_exception(*ei[:3])).removesuffix('\n')

    def formatStack(self, stack_info):
        return stack_info

    def usesTime(self):
        return self._style.usesTime()

    def formatMessage(self, record):
        return self._style.format(record)

    def format(self, record):
        """The whole text: message, traceback and stack."""
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)  # kept for other handlers
        if record.exc_text:
            text = _on_a_new_line(text, record.exc_text)
        if record.stack_info:
            text = _on_a_new_line(text, self.formatStack(record.stack_info))
        return text


def _on_a_new_line(text, more):
    return text + more if text.endswith('\n') else f'{text}\n{more}'


class BufferingFormatter:
    """Formats a number of records together."""

    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _defaultFormatter

    def formatHeader(self, records):
        """What comes before them."""
        return ''

    def formatFooter(self, records):
        """What comes behind them."""
        return ''

    def format(self, records):
        if not records:
            return ''
        lines = map(self.linefmt.format, records)
        return ''.join([self.formatHeader(records), *lines, self.formatFooter(records)])


_defaultFormatter = Formatter()
