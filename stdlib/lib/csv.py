"""Tables as text: comma-separated values. The records themselves are read and written by the native module _csv."""

import re
from _csv import (Error, QUOTE_ALL, QUOTE_MINIMAL, QUOTE_NONE,
                  QUOTE_NONNUMERIC, field_size_limit, get_dialect,
                  list_dialects, reader, register_dialect, unregister_dialect,
                  writer)
from _csv import Dialect as _Dialect
from io import StringIO

__all__ = ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE",
           "Error", "Dialect", "excel", "excel_tab", "field_size_limit",
           "reader", "writer", "register_dialect", "get_dialect",
           "list_dialects", "Sniffer", "unregister_dialect", "DictReader",
           "DictWriter", "unix_dialect", "__doc__", "__version__"]

__version__ = "1.0"


class Dialect:
    """How a file is written. Subclasses fill in the attributes; making an
    instance checks them."""

    _name = ""
    _valid = False
    delimiter = None
    quotechar = None
    escapechar = None
    doublequote = None
    skipinitialspace = None
    lineterminator = None
    quoting = None

    def __init__(self):
        if self.__class__ != Dialect:
            self._valid = True
        self._validate()

    def _validate(self):
        try:
            _Dialect(self)
        except TypeError as error:
            # Programs that check dialects expect csv.Error.
            raise Error(str(error))


class excel(Dialect):
    """What Excel writes."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    """What Excel writes with tabs."""

    delimiter = "\t"


class unix_dialect(Dialect):
    """Newlines, and quotes around every field."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)


class DictReader:
    """Records as dicts: the keys are fieldnames, or the first record.

    What a record has beyond them is a list under restkey; what it lacks is
    restval.
    """

    def __init__(self, f, fieldnames=None, restkey=None, restval=None,
                 dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.dialect, self.line_num = dialect, 0
        self.reader = reader(f, dialect, *args, **kwds)

    @property
    def fieldnames(self):
        """The names; those of the first record, if none were given."""
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __iter__(self):
        return self

    def __next__(self):
        if not self.line_num:
            # Takes the names out of the first record.
            self.fieldnames
        # Empty lines are no records.
        row = []
        while not row:
            row = next(self.reader)
        self.line_num = self.reader.line_num
        names, size = self.fieldnames, len(row)
        missing = dict.fromkeys(names[size:], self.restval)
        further = {self.restkey: row[len(names):]} if size > len(names) else {}
        return {**dict(zip(names, row)), **missing, **further}

    __class_getitem__ = classmethod(__import__("types").GenericAlias)


class DictWriter:
    """Writes dicts as records, in the order of fieldnames.

    A missing key gives restval; keys that are no field are an error, or
    ignored with extrasaction="ignore".
    """

    def __init__(self, f, fieldnames, restval="", extrasaction="raise",
                 dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames = fieldnames
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'"
                             % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        """Writes a record of the names of the fields."""
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _dict_to_list(self, rowdict):
        if self.extrasaction == "raise":
            wrong = rowdict.keys() - self.fieldnames
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: "
                                 + ", ".join([repr(key) for key in wrong]))
        return (rowdict.get(key, self.restval) for key in self.fieldnames)

    def writerow(self, rowdict):
        return self.writer.writerow(self._dict_to_list(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._dict_to_list, rowdicts))

    __class_getitem__ = classmethod(__import__("types").GenericAlias)


class Sniffer:
    """Guesses the dialect of a file from a sample of it."""

    def __init__(self):
        # Delimiters that are likelier than others, likeliest first.
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        """A dialect class that fits the sample. delimiters are those that
        may be."""
        quotechar, doublequote, delimiter, skipinitialspace = (
            self._guess_quote_and_delimiter(sample, delimiters))
        if not delimiter:
            delimiter, skipinitialspace = self._guess_delimiter(sample,
                                                                delimiters)
        if not delimiter:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL

        dialect.doublequote = doublequote
        dialect.delimiter = delimiter
        # Without any quote seen there has to be some.
        dialect.quotechar = quotechar or '"'
        dialect.skipinitialspace = skipinitialspace
        return dialect

    # A quoted field between delimiters, at the beginning or the end of a
    # line, or alone in it. Nothing is tried twice: samples may be long.
    _FIELD = r"(?P<quote>%(quote)s)(?:[^%(quote)s]|%(quote)s%(quote)s)*+%(quote)s"
    _QUOTED = (
        r"(?P<delim>[^\w\r\n\"\'])(?P<space> ?)" + _FIELD + r"(?P=delim)",
        r"(?:^|[\r\n])" + _FIELD + r"(?P<delim>[^\w\r\n\"\'])(?P<space> ?)",
        r"(?P<delim>[^\w\r\n\"\'])(?P<space> ?)" + _FIELD + r"(?:$|[\r\n])",
        r"(?:^|[\r\n])" + _FIELD + r"(?:$|[\r\n])",
    )

    def _guess_quote_and_delimiter(self, data, delimiters):
        """From the quoted fields: what stands around them, and which quote
        is the most frequent."""
        found = []
        for pattern in self._QUOTED:
            for quote in ('"', "'"):
                found += re.finditer(pattern % {"quote": quote}, data,
                                     re.MULTILINE)
            if found:
                break
        if not found:
            return "", False, None, 0
        quotes, delims = {}, {}
        spaces = 0
        for match in found:
            groups = match.groupdict()
            quote = groups["quote"]
            quotes[quote] = quotes.get(quote, 0) + 1
            delim = groups.get("delim")
            if delim and (delimiters is None or delim in delimiters):
                delims[delim] = delims.get(delim, 0) + 1
            if groups.get("space"):
                spaces += 1
        quotechar = max(quotes, key=quotes.get)
        if delims:
            delim = max(delims, key=delims.get)
            skipinitialspace = delims[delim] == spaces
            if delim == "\n":
                # A table of one column.
                delim = ""
        else:
            delim = ""
            skipinitialspace = 0
        # Is a quote doubled inside of a quoted field?
        edge = r"[\r\n]"
        if delim:
            edge += "|" + re.escape(delim)
        fields = re.compile(
            rf"(?:^|{edge}) ?{quotechar}((?:[^{quotechar}]|{quotechar}{quotechar})*+)"
            rf"{quotechar}(?=\s*(?:{edge}|$))", re.MULTILINE)
        doublequote = any(quotechar * 2 in match[1]
                          for match in fields.finditer(data))
        return quotechar, doublequote, delim, skipinitialspace

    def _guess_delimiter(self, data, delimiters):
        """The character that most lines have equally often.

        Lines are looked at in portions; for each character it is counted how
        many lines have how many of it. What lies closest to one number for
        all lines is the delimiter.
        """
        lines = list(filter(None, data.split("\n")))
        letters = [chr(c) for c in range(127)]
        portion = min(10, len(lines))
        tables = {}  # character -> {count in a line: number of lines}
        modes = {}
        candidates = {}
        start, end = 0, portion
        rounds = 0
        while start < len(lines):
            rounds += 1
            for line in lines[start:end]:
                for letter in letters:
                    count = line.count(letter)
                    table = tables.setdefault(letter, {})
                    table[count] = table.get(count, 0) + 1
            for letter, table in tables.items():
                items = list(table.items())
                if len(items) == 1 and items[0][0] == 0:
                    continue
                if len(items) > 1:
                    most = max(items, key=lambda item: item[1])
                    items.remove(most)
                    # Lines of another count speak against it.
                    modes[letter] = (most[0], most[1]
                                     - sum(item[1] for item in items))
                else:
                    modes[letter] = items[0]
            total = float(min(portion * rounds, len(lines)))
            consistency = 1.0
            threshold = 0.9
            while not candidates and consistency >= threshold:
                for letter, (count, weight) in modes.items():
                    if (count > 0 and weight > 0
                            and weight / total >= consistency
                            and (delimiters is None or letter in delimiters)):
                        candidates[letter] = (count, weight)
                consistency -= 0.01
            if len(candidates) == 1:
                delim = list(candidates)[0]
                return delim, self._spaces_follow(lines[0], delim)
            start = end
            end += portion
        if not candidates:
            return "", 0
        if len(candidates) > 1:
            for delim in self.preferred:
                if delim in candidates:
                    return delim, self._spaces_follow(lines[0], delim)
        ranked = sorted([(value, letter)
                         for letter, value in candidates.items()])
        delim = ranked[-1][1]
        return delim, self._spaces_follow(lines[0], delim)

    @staticmethod
    def _spaces_follow(line, delim):
        return line.count(delim) == line.count("%c " % delim)

    def has_header(self, sample):
        """Does the first record look like names of columns? It does when the
        other records have numbers, or fields of one length, in a column, and
        the first has not."""
        rows = reader(StringIO(sample), self.sniff(sample))
        header = next(rows)
        columns = len(header)
        kinds = dict.fromkeys(range(columns))
        for checked, row in enumerate(rows):
            if checked > 20:
                break
            if len(row) != columns:
                continue
            for column in list(kinds):
                try:
                    complex(row[column])
                    kind = complex
                except (ValueError, OverflowError):
                    kind = len(row[column])
                if kind != kinds[column]:
                    if kinds[column] is None:
                        kinds[column] = kind
                    else:
                        del kinds[column]
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                votes += 1 if len(header[column]) != kind else -1
            else:
                try:
                    kind(header[column])
                except (ValueError, TypeError):
                    votes += 1
                else:
                    votes -= 1
        return votes > 0
