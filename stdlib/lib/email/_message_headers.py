"""The headers of a message as a mapping, for the class Message.

They are kept as (name, value) pairs in the order in which they came; a name may occur several times and its case does not
count. What a pair holds and what a program gets for it is the policy's matter.
"""
from email._message_params import formatparam


class HeaderMapping:
    """The mapping. A message gives it `policy` and the list `_headers`."""

    def _named(self, name):
        """Where the headers of a name are, and the pairs themselves."""
        wanted = name.lower()
        return ((place, pair) for place, pair in enumerate(self._headers) if pair[0].lower() == wanted)

    def _without(self, unwanted):
        """The pairs, but for those whose name (in lower case) is unwanted."""
        return [pair for pair in self._headers if not unwanted(pair[0].lower())]

    def __len__(self):
        return len(self._headers)

    def __iter__(self):
        return (name for name, _ in self._headers)

    def __contains__(self, name):
        return any(True for _ in self._named(name))

    def __getitem__(self, name):
        """The first header of a name; None when there is none."""
        return self.get(name)

    def __setitem__(self, name, val):
        """Add a header. Those of the same name stay, as long as the policy allows several."""
        most = self.policy.header_max_count(name)
        if most and len([*self._named(name)]) >= most:
            raise ValueError(f'There may be at most {most} {name} headers in a message')
        self.set_raw(*self.policy.header_store_parse(name, val))

    def __delitem__(self, name):
        """Remove all headers of a name. It is no error when there is none."""
        self._headers = self._without(name.lower().__eq__)

    def keys(self):
        """The names, in order, as often as they occur."""
        return list(self)

    def values(self):
        return [value for _, value in self.items()]

    def items(self):
        show = self.policy.header_fetch_parse
        return [(name, show(name, kept)) for name, kept in self.raw_items()]

    def get(self, name, failobj=None):
        """The first header of a name."""
        for _, pair in self._named(name):
            return self.policy.header_fetch_parse(*pair)
        return failobj

    def get_all(self, name, failobj=None):
        """All headers of a name."""
        return [self.policy.header_fetch_parse(*pair) for _, pair in self._named(name)] or failobj

    def set_raw(self, name, value):
        """Keep a header as it is. For parsers."""
        self._headers.append((name, value))

    def raw_items(self):
        """The headers as they are kept. For generators."""
        yield from tuple(self._headers)

    def add_header(self, _name, _value, **_params):
        """Add a header with parameters. Underscores in their names become dashes; None: a parameter without a value."""
        pieces = () if _value is None else (_value,)
        params = ((key.replace('_', '-'), value) for key, value in _params.items())
        self[_name] = '; '.join([*pieces, *(key if value is None else formatparam(key, value) for key, value in params)])

    def replace_header(self, _name, _value):
        """Change the first header of a name where it is. KeyError when there is none."""
        for place, (spelled, _) in self._named(_name):
            self._headers[place] = self.policy.header_store_parse(spelled, _value)
            return
        raise KeyError(_name)
