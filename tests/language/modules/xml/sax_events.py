# xml.sax: events with and without namespaces, filters, the generator, errors with their places, features.
import io
import xml.sax
from xml.sax import handler, saxutils

TEXT = '<?xml version="1.0"?><a xmlns:m="urn:m" x="1"><!-- c --><m:b m:y="2">t&amp;u</m:b><?go on?><c/></a>'


class Log(handler.ContentHandler):
    def startDocument(self):
        print('start', self._locator and self._locator.getLineNumber())

    def startElement(self, name, attrs):
        print('<', name, attrs.items(), attrs.getLength(), 'x' in attrs)

    def endElement(self, name):
        print('>', name)

    def startElementNS(self, name, qname, attrs):
        print('<', name, qname, attrs.items(), attrs.getQNames())

    def startPrefixMapping(self, prefix, uri):
        print('prefix', prefix, uri)

    def characters(self, content):
        print('text', content)

    def processingInstruction(self, target, data):
        print('pi', target, data)


xml.sax.parseString(TEXT, Log())
parser = xml.sax.make_parser()
parser.setFeature(handler.feature_namespaces, True)
parser.setContentHandler(Log())
parser.parse(io.BytesIO(TEXT.encode()))
out = io.StringIO()


class Upper(saxutils.XMLFilterBase):
    def characters(self, content):
        super().characters(content.upper())


chain = Upper(xml.sax.make_parser())
chain.setContentHandler(saxutils.XMLGenerator(out, 'utf-8', short_empty_elements=True))
chain.parse(io.StringIO(TEXT))
print(out.getvalue())
for wrong in ('<a>\n  <b></a>', '', '<a>&x;</a>'):
    try:
        xml.sax.parseString(wrong, handler.ContentHandler())
    except xml.sax.SAXParseException as error:
        print(error, error.getLineNumber(), error.getColumnNumber(), error.getMessage())
print(saxutils.escape('<a> & "b"'), saxutils.unescape('&lt;&amp;lt;'), saxutils.quoteattr('a"b\n'), saxutils.quoteattr('"\''))
for name in (handler.feature_validation, 'nothing'):
    try:
        xml.sax.make_parser().setFeature(name, True)
    except xml.sax.SAXException as error:
        print(type(error).__name__, error)
parser = xml.sax.make_parser()
parser.setContentHandler(Log())
for piece in ('<a', ' x="3">te', 'xt</', 'a>'):
    parser.feed(piece)
parser.close()
