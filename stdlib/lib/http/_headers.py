"""The header lines of a request or an answer: a mail message without a body."""
import email.message
import email.parser


class HTTPMessage(email.message.Message):
    """The headers of a request or answer."""

    def getallmatchingheaders(self, name):
        """The lines of a header, with those that continue it."""
        wanted = name.lower() + ':'
        found, matching = [], False
        for line in self.keys():
            if line[:len(wanted)].lower() == wanted:
                matching = True
            elif not line[:1].isspace():
                matching = False
            if matching:
                found.append(line)
        return found


def read_headers(file, too_long, too_many, longest=65536, most=100, message_class=HTTPMessage):
    """The header lines up to the empty one. too_long and too_many make the exceptions."""
    lines = []
    while True:
        line = file.readline(longest + 1)
        if len(line) > longest:
            raise too_long('header line')
        lines.append(line)
        if len(lines) > most:
            raise too_many('got more than %d headers' % most)
        if line in (b'\r\n', b'\n', b''):
            break
    return email.parser.Parser(_class=message_class).parsestr(b''.join(lines).decode('iso-8859-1'))
