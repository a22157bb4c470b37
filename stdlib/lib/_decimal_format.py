"""format(Decimal, specifier): the format mini-language for decimal numbers."""
from _decimal_digits import cut, text_of
from _decimal_math import digits_of

_pattern = None


def _parse(specifier):
    global _pattern
    if _pattern is None:
        import re
        _pattern = re.compile(r'(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ])?(?P<no_neg_0>z)?(?P<alt>\#)?'
                              r'(?P<zero>0)?(?P<width>\d+)?(?P<group>,)?(?:\.(?P<precision>\d+))?(?P<type>[eEfFgGn%])?',
                              re.DOTALL)
    match = _pattern.fullmatch(specifier)
    if match is None:
        raise ValueError('invalid format string')
    fields = match.groupdict()
    if fields['zero'] and fields['align']:
        raise ValueError('invalid format string')
    return fields


def _grouped(digits, width):
    """Digits with commas, filled up with zeros to a width."""
    text = ''
    while True:
        text = ',' .join(reversed([digits[max(i - 3, 0):i] for i in range(len(digits), 0, -3)]))
        if len(text) >= width:
            return text
        digits = '0' + digits


def _padded(sign, body, fields):
    width = int(fields['width'] or 0)
    fill, align = fields['fill'] or ' ', fields['align'] or '>'
    missing = width - len(sign) - len(body)
    if missing <= 0:
        return sign + body
    padding = fill * missing
    if align == '<':
        return sign + body + padding
    if align == '>':
        return padding + sign + body
    if align == '=':
        return sign + padding + body
    half = missing // 2
    return fill * half + sign + body + fill * (missing - half)


def format_decimal(number, specifier, context):
    """The text of a number by a format specifier."""
    fields = _parse(specifier)
    sign = '-' if number._sign else {'+': '+', ' ': ' '}.get(fields['sign'], '')
    if number._special:
        body = str(number.copy_abs())
        if fields['zero']:
            fields['fill'], fields['align'] = ' ', '>'
        if fields['type'] == '%':
            body += '%'
        return _padded(sign, body, fields)
    kind = fields['type']
    if kind is None:
        kind = 'gG'[context.capitals]
    upper = kind in 'EG'
    letter = kind.lower() if kind != '%' else '%'
    if letter == 'n':
        letter = 'g'
    precision = None if fields['precision'] is None else int(fields['precision'])
    coefficient, exponent = number._int, number._exp
    if letter == '%':
        exponent += 2
    if precision is not None:
        rounding = context.rounding
        if letter == 'e':
            coefficient, exponent = _significant(number._sign, coefficient, exponent, precision + 1, rounding)
        elif letter in 'f%':
            coefficient, exponent = _places(number._sign, coefficient, exponent, precision, rounding)
        elif len(text_of(coefficient)) > max(precision, 1):
            coefficient, exponent = _significant(number._sign, coefficient, exponent, max(precision, 1), rounding)
    if not coefficient and exponent > 0 and letter in 'f%':
        exponent = 0
    if fields['no_neg_0'] and not coefficient and number._sign:
        sign = {'+': '+', ' ': ' '}.get(fields['sign'], '')
    digits = text_of(coefficient)
    left = exponent + len(digits)
    if letter == 'e':
        point = 1 - precision if not coefficient and precision is not None else 1
    elif letter in 'f%':
        point = left
    elif exponent <= 0 and left > -6:
        point = left
    else:
        point = 1
    if point < 0:
        whole, fraction = '0', '0' * -point + digits
    elif point > len(digits):
        whole, fraction = digits + '0' * (point - len(digits)), ''
    else:
        whole, fraction = digits[:point] or '0', digits[point:]
    power = left - point
    tail = '.' + fraction if fraction or fields['alt'] else ''
    if power != 0 or letter == 'e':
        tail += f'{"E" if upper else "e"}{power:+d}'
    if letter == '%':
        tail += '%'
    if fields['zero']:
        width = max(int(fields['width'] or 0) - len(sign) - len(tail), 1)
        whole = _grouped(whole, width) if fields['group'] else whole.rjust(width, '0')
    elif fields['group']:
        whole = _grouped(whole, 1)
    return _padded(sign, whole + tail, fields)


def _significant(sign, coefficient, exponent, count, rounding):
    if not coefficient:
        return 0, 1 - count
    size = digits_of(coefficient)
    if size <= count:
        return coefficient * 10**(count - size), exponent - (count - size)
    kept, _ = cut(sign, coefficient, size - count, rounding)
    exponent += size - count
    if digits_of(kept) > count:
        kept //= 10
        exponent += 1
    return kept, exponent


def _places(sign, coefficient, exponent, places, rounding):
    if exponent >= -places:
        return coefficient * 10**(exponent + places), -places
    kept, _ = cut(sign, coefficient, -places - exponent, rounding)
    return kept, -places
