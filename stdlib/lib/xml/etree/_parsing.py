"""From text to trees in the language: the builder, and the parser over Expat. The native core (_elementtree) has both too."""
from pyexpat import ExpatError, ParserCreate
from xml.etree._elements import Comment, Element, ProcessingInstruction


class ParseError(SyntaxError):
    """The text is no XML; with its `code` and `position` (line, column)."""


class TreeBuilder:
    """Makes a tree from start(), data(), end(), comment() and pi()."""

    def __init__(self, element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False,
                 insert_pis=False):
        self._make = element_factory or Element
        self._make_comment = comment_factory or Comment
        self._make_pi = pi_factory or ProcessingInstruction
        self.insert_comments, self.insert_pis = insert_comments, insert_pis
        self._open, self._texts = [], []
        self._root = self._last = None
        self._behind = False    # does text belong behind the last element?

    def _flush(self):
        if not self._texts:
            return
        if self._last is not None:
            text = ''.join(self._texts)
            if self._behind:
                self._last.tail = text if self._last.tail is None else self._last.tail + text
            else:
                self._last.text = text
        self._texts = []

    def data(self, data, /):
        """Text."""
        self._texts.append(data)

    def start(self, tag, attrs, /):
        """An element begins; the element."""
        if self._texts:
            self._flush()
        element = self._make(tag, attrs)
        if self._open:
            self._open[-1].append(element)
        elif self._root is None:
            self._root = element
        self._open.append(element)
        self._last, self._behind = element, False
        return element

    def end(self, tag, /):
        """An element ends; the element."""
        if self._texts:
            self._flush()
        if not self._open:
            raise IndexError('pop from empty stack')
        self._last, self._behind = self._open.pop(), True
        return self._last

    def _single(self, element, insert):
        if insert:
            self._flush()
            if self._open:
                self._open[-1].append(element)
            self._last, self._behind = element, True
        return element

    def comment(self, text, /):
        """A comment."""
        return self._single(self._make_comment(text), self.insert_comments)

    def pi(self, target, text=None, /):
        """A processing instruction."""
        return self._single(self._make_pi(target, text), self.insert_pis)

    def close(self):
        """The root."""
        return self._root


class XMLParser:
    """Feeds a target, a TreeBuilder by default, from text that comes in pieces."""

    def __init__(self, *, target=None, encoding=None):
        self.parser = self._parser = ParserCreate(encoding, '}')
        self.target = TreeBuilder() if target is None else target
        self.entity = {}
        self.version = 'Expat 2.5.0'
        self._names = {}
        self._doctype = None
        self._connect()

    def _connect(self):
        parser, target = self._parser, self.target
        parser.DefaultHandlerExpand = self._rest
        if hasattr(target, 'start'):
            parser.StartElementHandler = self._start
        if hasattr(target, 'end'):
            names, end = self._names, target.end
            parser.EndElementHandler = lambda tag: end(names.get(tag) or self._name(tag))
        if hasattr(target, 'start_ns'):
            parser.StartNamespaceDeclHandler = lambda prefix, uri: target.start_ns(prefix or '', uri or '')
        if hasattr(target, 'end_ns'):
            parser.EndNamespaceDeclHandler = lambda prefix: target.end_ns(prefix or '')
        for attribute, method in (('CharacterDataHandler', 'data'), ('CommentHandler', 'comment'),
                                  ('ProcessingInstructionHandler', 'pi')):
            if hasattr(target, method):
                setattr(parser, attribute, getattr(target, method))
        parser.buffer_text = True

    def _name(self, name):
        fixed = self._names.get(name)
        if fixed is None:
            fixed = self._names[name] = '{' + name if '}' in name else name
        return fixed

    def _start(self, tag, attributes):
        names = self._names
        if attributes:
            attributes = {names.get(key) or self._name(key): value for key, value in attributes.items()}
        return self.target.start(names.get(tag) or self._name(tag), attributes)

    def _rest(self, text):
        """What no other handler wants: entities that the program knows, and the document type."""
        if text[:1] == '&':
            name = text[1:-1]
            known = self.entity.get(name)
            if known is not None:
                if hasattr(self.target, 'data'):
                    self.target.data(known)
                return
            parser = self._parser
            line, column = parser.ErrorLineNumber, parser.ErrorColumnNumber
            error = ExpatError(f'undefined entity {text}: line {line}, column {column}')
            error.code, error.lineno, error.offset = 11, line, column
            raise error
        if text == '<!DOCTYPE':
            self._doctype = []
        elif self._doctype is not None:
            if text == '>':
                self._doctype = None
                return
            if text.strip():
                self._doctype.append(text.strip())
                self._tell_doctype()

    def _tell_doctype(self):
        parts = self._doctype
        if len(parts) < 3:
            return
        kind = parts[1]
        if kind == 'PUBLIC' and len(parts) == 4:
            told = parts[0], parts[2][1:-1], parts[3][1:-1]
        elif kind == 'SYSTEM' and len(parts) == 3:
            told = parts[0], None, parts[2][1:-1]
        else:
            return
        self._doctype = None
        if hasattr(self.target, 'doctype'):
            self.target.doctype(*told)
        elif hasattr(self, 'doctype'):
            import warnings
            warnings.warn('The doctype() method of XMLParser is ignored.  '
                          'Define doctype() method on the TreeBuilder target.', RuntimeWarning)

    def _raise(self, error):
        wrong = ParseError(str(error))
        wrong.code, wrong.position = error.code, (error.lineno, error.offset)
        raise wrong from None

    def feed(self, data, /):
        """Takes a piece of text."""
        try:
            self._parser.Parse(data, False)
        except ExpatError as error:
            self._raise(error)

    def flush(self):
        """Hands out what was gathered."""
        try:
            self._parser.Parse(b'', False)
        except ExpatError as error:
            self._raise(error)

    def close(self):
        """The end of the text; what the target's close() gives."""
        try:
            self._parser.Parse(b'', True)
        except ExpatError as error:
            self._raise(error)
        finish = getattr(self.target, 'close', None)
        return None if finish is None else finish()

    def _parse_whole(self, file):
        while data := file.read(1 << 16):
            self.feed(data)
        return self.close()

    def _setevents(self, queue, wanted):
        """Puts (event, what it is about) into the queue."""
        parser, target = self._parser, self.target
        add = queue.append
        for event in wanted:
            if event == 'start':
                parser.StartElementHandler = lambda tag, attributes: add(('start', self._start(tag, attributes)))
            elif event == 'end':
                parser.EndElementHandler = lambda tag: add(('end', target.end(self._name(tag))))
            elif event == 'start-ns':
                told = getattr(target, 'start_ns', None)
                parser.StartNamespaceDeclHandler = lambda prefix, uri: add(
                    ('start-ns', told(prefix or '', uri or '') if told else (prefix or '', uri or '')))
            elif event == 'end-ns':
                gone = getattr(target, 'end_ns', None)
                parser.EndNamespaceDeclHandler = lambda prefix: add(('end-ns', gone(prefix or '') if gone else None))
            elif event == 'comment':
                parser.CommentHandler = lambda text: add(('comment', target.comment(text)))
            elif event == 'pi':
                parser.ProcessingInstructionHandler = lambda name, text: add(('pi', target.pi(name, text)))
            else:
                raise ValueError('unknown event %r' % event)


for _made in (ParseError, TreeBuilder, XMLParser):
    _made.__module__ = 'xml.etree.ElementTree'
