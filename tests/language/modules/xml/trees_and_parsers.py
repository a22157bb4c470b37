# xml.etree.ElementTree and xml.parsers.expat: parsing, paths, changing, writing, namespaces, events, errors, handlers.
import copy
import io
import pickle
import xml.etree.ElementTree as ET
from xml.parsers import expat

TEXT = '''<?xml version="1.0"?>
<!-- before -->
<library xmlns:m="urn:meta" name="K&#246;ln">
  <book id="1" m:lang="de"><title>Faust &amp; Co</title><year>1808</year></book>
  <book id="2"><title>Emma</title>tail<year>1815</year><m:note>good</m:note></book>
  <?target some data?><empty/><![CDATA[<raw>]]>
</library>'''


def tried(call):
    try:
        return call()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


root = ET.fromstring(TEXT)
print(root.tag, root.attrib, len(root), [child.tag for child in root], repr(root[-1].tail))
print([book.get('id') for book in root.iter('book')], root.findtext('book/title'), root.find('nothing'))
for path in ('book', './/title', 'book[2]', 'book[last()]', "book[@id='2']/title", "book[title='Emma']", 'book/..', './/*[@id]',
             './/{urn:meta}note', '{*}book', "book[year!='1808']", './/year[.="1815"]', '*', 'book[@id!="1"]'):
    print(path, [(element.tag, element.get('id')) for element in root.findall(path)])
print(root.find('.//m:note', {'m': 'urn:meta'}).text, tried(lambda: root.find('.//x:note')), tried(lambda: root.find('/a')),
      tried(lambda: root.findall('book[0]')))
print(''.join(root.itertext()).split())
print(ET.tostring(root, encoding='unicode'))
print(ET.tostring(root[0]), ET.tostring(root, 'utf-8')[:60], ET.tostring(root[1], 'latin-1', xml_declaration=True)[:60])
print(ET.tostring(root[0], method='text', encoding='unicode'))
html = ET.XML('<p>a<br/><script>1 &lt; 2</script></p>')
print(ET.tostring(html, method='html'), ET.tostring(html, short_empty_elements=False))

book = ET.SubElement(root, 'book', {'id': '3'}, lang='en')
ET.SubElement(book, 'title').text = 'A "q" <b>'
book.append(ET.Comment('remark'))
book.insert(0, ET.PI('do', 'this'))
book.set('x', 'line\nbreak')
print(ET.tostring(book), len(book), book[1].text, list(book)[0].tag is ET.PI)
root.remove(root[0])
del root[0]
print([child.tag for child in root], tried(lambda: root.remove(book[0])), tried(lambda: root.append('text')), tried(lambda: root[9]))
ET.indent(book)
print(ET.tostring(book, encoding='unicode'))
twin = copy.deepcopy(book)
twin[1].text = 'other'
print(book[1].text, ET.tostring(pickle.loads(pickle.dumps(book))) == ET.tostring(book))
ET.register_namespace('meta', 'urn:meta')
print(ET.tostring(ET.Element('{urn:meta}a', {ET.QName('urn:other', 'b'): 'c'})))
print(ET.tostring(ET.XML('<a xmlns="u"><b/></a>'), default_namespace='u'))
print(ET.canonicalize('<b  y="2" x="1"><!-- no --><c/>&#13;&gt;</b >'), ET.canonicalize(' <a> x </a>', strip_text=True))

for event, element in ET.iterparse(io.BytesIO(TEXT.encode()), ('start', 'end', 'start-ns', 'comment', 'pi')):
    print(event, getattr(element, 'tag', element) if event in ('start', 'end', 'start-ns') else element.text)
pull = ET.XMLPullParser(['end'])
for piece in ('<a><b', '/><c>t', 'ext</c>', '</a>'):
    pull.feed(piece)
    print(piece, [(event, element.tag) for event, element in pull.read_events()])
builder = ET.TreeBuilder(insert_comments=True)
print(ET.tostring(ET.XML('<a><!--c-->t</a>', ET.XMLParser(target=builder))))
for wrong in ('<a>', '<a></b>', '', '<a>&nix;</a>', 'text', '<a b=1/>', '<a/><b/>', '<a>\x01</a>', '<a b="1" b="2"/>', '<x:a/>'):
    print(repr(wrong), tried(lambda: ET.fromstring(wrong)))
try:
    ET.fromstring('<a>\n<b></a>')
except ET.ParseError as error:
    print(error.code, error.position)
print(ET.fromstring(b'<?xml version="1.0" encoding="iso-8859-1"?><a>\xe4</a>').text,
      ET.fromstring(b'<?xml version="1.0" encoding="cp1252"?><a>\x80</a>').text)
deep = '<a>' * 500 + '</a>' * 500
print(len(list(ET.fromstring(deep).iter())), len(ET.tostring(ET.fromstring(deep))))
bomb = '<!DOCTYPE a [<!ENTITY x0 "y">' + ''.join(f'<!ENTITY x{i} "{f"&x{i - 1};" * 10}">' for i in range(1, 12)) + ']><a>&x11;</a>'
print(tried(lambda: ET.fromstring(bomb))[:60])

parser = expat.ParserCreate(namespace_separator=' ')
log = []
for name in ('StartElementHandler', 'EndElementHandler', 'CharacterDataHandler', 'CommentHandler', 'XmlDeclHandler',
             'StartCdataSectionHandler', 'StartNamespaceDeclHandler', 'ProcessingInstructionHandler'):
    setattr(parser, name, lambda *arguments, name=name: log.append((name[:-7], arguments)))
parser.buffer_text = True
print(parser.Parse(TEXT, True), parser.CurrentLineNumber, parser.ErrorCode)
print(*log, sep='\n')
parser = expat.ParserCreate()
parser.StartElementHandler = lambda name, attributes: 1 / 0
print(tried(lambda: parser.Parse('<a/>')), '|', tried(lambda: expat.ParserCreate().Parse('<a', True)))
parser = expat.ParserCreate()
parser.ElementDeclHandler = lambda *arguments: print(arguments)
parser.AttlistDeclHandler = lambda *arguments: print(arguments)
parser.EntityDeclHandler = lambda *arguments: print(arguments)
parser.Parse('<!DOCTYPE a [<!ELEMENT a (b|c*)+><!ATTLIST a x CDATA #REQUIRED y (p|q) "p"><!ENTITY e "v">]><a x="1"/>', True)
print(expat.ErrorString(3), expat.errors.XML_ERROR_SYNTAX, expat.errors.codes[expat.errors.XML_ERROR_SYNTAX])
