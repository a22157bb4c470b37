# A document as a stream of events with nodes (xml.dom.pulldom), whole (SAX2DOM), in pieces, and broken ones.
import io
import os
import tempfile
import xml.sax
import xml.sax.handler
from xml.dom import pulldom
from xml.dom.NodeFilter import NodeFilter

TEXT = '''<?xml version="1.0"?>
<?style sheet?><!-- early -->
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:x="urn:x">
  <title>A &amp; B</title><x:item x:key="v" plain='p'/>
  <!-- inside --><p>one<b>two</b>three</p><?end now?>
</html>'''


def shown(node):
    if node is None:
        return None
    attributes = sorted((a.name, a.value, a.namespaceURI) for a in node.attributes.values()) if node.attributes else []
    return node.nodeName, node.nodeValue, node.namespaceURI, attributes


for event, node in pulldom.parseString(TEXT):
    print(event, shown(node))

stream = pulldom.parseString(TEXT)
for event, node in stream:
    if event == pulldom.START_ELEMENT and node.tagName in ('p', 'title'):
        stream.expandNode(node)
        print(node.toxml(), [shown(child) for child in node.childNodes])
print(stream.getEvent()[0], stream.getEvent())

# Small pieces, a file by name, a parser of one's own.
for size in 7, 1000:
    events = [event for event, node in pulldom.parse(io.BytesIO(TEXT.encode()), bufsize=size) if event != 'CHARACTERS']
    print(size, events == [event for event, node in pulldom.parseString(TEXT) if event != 'CHARACTERS'], len(events))
path = os.path.join(os.environ.get('TMPDIR') or tempfile.mkdtemp(), 'document.xml')
with open(path, 'w') as file:
    file.write('<a><b/></a>')
stream = pulldom.parse(path, xml.sax.make_parser())
print([(event, node.nodeName) for event, node in stream])
stream.stream.close()

# With lexical events, comments come too.
parser = xml.sax.make_parser()
stream = pulldom.parseString(TEXT, parser)
parser.setProperty(xml.sax.handler.property_lexical_handler, stream.pulldom)
try:
    print([node.data for event, node in stream if event == pulldom.COMMENT])
except AttributeError as problem:
    print('AttributeError')

# The whole document at once.
handler = pulldom.SAX2DOM()
parser = xml.sax.make_parser()
parser.setFeature(xml.sax.handler.feature_namespaces, 1)
parser.setContentHandler(handler)
parser.parse(io.StringIO('<a x="1"><b>text</b><?i d?><c xmlns="urn:c"/></a>'))
print(handler.document.documentElement.toxml())
plain = pulldom.SAX2DOM()
parser = xml.sax.make_parser()
parser.setContentHandler(plain)
parser.parse(io.StringIO('<a x="1"><b>text</b></a>'))
print(plain.document.toxml())

for wrong in '<a><b></a>', '<a', '<a/>text':
    try:
        print([event for event, node in pulldom.parseString(wrong)])
    except xml.sax.SAXParseException as problem:
        print(type(problem).__name__, problem)
stream = pulldom.parseString('<a/>')
stream.clear()
print(stream.stream, stream.parser, hasattr(stream, 'pulldom'))
for name in 'error', 'fatalError':
    try:
        getattr(pulldom.ErrorHandler(), name)(ValueError(name))
    except ValueError as problem:
        print(problem)
pulldom.ErrorHandler().warning('careful')
print(pulldom.default_bufsize, NodeFilter.SHOW_ALL, NodeFilter.SHOW_NOTATION, NodeFilter.FILTER_SKIP)
try:
    NodeFilter().acceptNode(None)
except NotImplementedError:
    print('acceptNode is for subclasses')
