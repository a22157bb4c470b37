# Elements, TreeBuilder and XMLParser in detail: what each refuses and in which words, sequences of children, copies,
# pickles, walks while the tree changes, events, targets, entities, namespaces when writing.
import copy
import pickle
import warnings
import weakref
import xml.etree.ElementTree as ET


def tried(call, *args, **keywords):
    try:
        result = call(*args, **keywords)
    except Exception as error:
        result = f'{type(error).__name__}: {error}'
    print('   ', result)


def shown(element):
    return ET.tostring(element, 'unicode')


def parsed(text, **keywords):
    parser = ET.XMLParser(**keywords)
    parser.feed(text)
    return parser.close()


print('making')
tried(ET.Element)
tried(ET.Element, 'a', 'b')
tried(ET.Element, 'a', attrib=5)
tried(ET.Element, 'a', {}, {})
tried(ET.Element, tag='a')
print(ET.Element('a', {'x': '1'}, attrib={'y': '2'}, z='3').attrib, ET.Element('a', attrib={'y': '2'}, z='3').attrib)
given = {'x': '1'}
element = ET.Element('a', given, y='2')
print(given, element.attrib, element.attrib is element.attrib, element.text, element.tail, len(element))
tried(ET.SubElement)
tried(ET.SubElement, 'a')
tried(ET.SubElement, 'a', 'b')
tried(ET.SubElement, element, 'b', 5)
tried(ET.SubElement, element, 'b', None)
tried(ET.SubElement, element, 'b', attrib=5)
print(ET.SubElement(element, 'b', {'q': '1'}, z='2').attrib, element.makeelement('q', {'k': 'v'}).attrib)
tried(element.makeelement, 'x')
tried(element.makeelement, 'x', 5)
tried(element.makeelement, 'x', attrib={})

print('children')
a, b, c = (ET.Element(name) for name in 'abc')
for method, args in (('append', (5,)), ('append', ()), ('extend', (5,)), ('extend', ([5],)), ('insert', (0, 5)),
                     ('insert', ('x', a)), ('remove', (5,)), ('remove', (a,)), ('__getitem__', ('a',)),
                     ('__getitem__', (9,)), ('__setitem__', ('a', a)), ('__setitem__', (9, a)), ('__setitem__', (0, 5)),
                     ('__delitem__', (9,)), ('__delitem__', ('x',)), ('__setitem__', (slice(0, 1), 5)),
                     ('__setitem__', (slice(0, 1), [5])), ('__setitem__', (slice(0, 1, 2), [a, a, a]))):
    tried(getattr(element, method), *args)
root = ET.Element('root')
root.extend([a, b])
root.extend(iter([c]))
root.insert(-1, ET.Element('d'))
root.insert(100, ET.Element('e'))
print([child.tag for child in root], [child.tag for child in root[1:4]], root[-1].tag, [child.tag for child in root[::-2]])
root[1:3] = (child for child in [ET.Element('f')])
root[0] = ET.Element('g')
del root[-1]
del root[5:]
print([child.tag for child in root], bool(root), bool(a), a in root, root[1] in root)
root.remove(root[1])
print(shown(root), [child.tag for child in reversed(root)])
for child in root:
    if len(root) < 5:
        root.append(ET.Element('new'))
print(len(root))
root.clear()
print(shown(root), len(root), list(root), root.attrib)

print('fields')
for name in 'tag', 'text', 'tail', 'attrib':
    tried(delattr, element, name)
tried(setattr, element, 'attrib', 5)
tried(setattr, element, 'other', 5)
element.attrib = {'k': 'v'}
element.set('n', 'w')
print(element.keys(), element.items(), element.get('k'), element.get('x'), element.get('x', 1), element.get('x', default=2))
tried(element.get)
tried(element.set, 'x')
element.tag = element
try:
    repr(element)
except RuntimeError as error:
    print('reentrant' in str(error))
element.tag = 'again'
print(weakref.ref(element)() is element, repr(element).startswith("<Element 'again' at 0x"))


class Own(ET.Element):
    def __init__(self, tag, more):
        super().__init__(tag, {'more': more})
        self.more = more


own = Own('o', 'm')
own.append(Own('p', 'n'))
print(shown(own), own.more, type(copy.copy(own)).__name__, type(copy.deepcopy(own)).__name__, type(own[0]).__name__)
print(type(own.makeelement('x', {})).__name__, type(ET.SubElement(own, 'x')).__name__)

print('copies')
tree = ET.XML('<r x="1">t<a y="2">u</a>v<b/>w</r>')
tree.tail = 'end'
shallow, deep = copy.copy(tree), copy.deepcopy(tree)
print(shallow[0] is tree[0], shallow.attrib is tree.attrib, deep[0] is tree[0], deep.attrib is tree.attrib, deep.tail)
deep[0].text = 'other'
print(shown(tree), shown(deep), shown(shallow))
memo = {}
print(copy.deepcopy([tree, tree[0]], memo)[1] is memo[id(tree)][0], memo[id(tree)] is not tree)
again = pickle.loads(pickle.dumps(tree, 4))
print(shown(again), again.tail, sorted(tree.__getstate__()))
tried(tree.__setstate__, 5)
tried(tree.__setstate__, {})
tried(tree.__setstate__, {'tag': 'x', '_children': [5]})
tried(tree.__setstate__, {'tag': 'x', 'other': 1})
tree.__setstate__({'tag': 'x', '_children': [ET.Element('only')], 'attrib': {'z': '0'}, 'text': 'set', 'tail': None})
print(shown(tree))
deepest = ET.Element('top')
inner = deepest
for _ in range(3000):
    inner = ET.SubElement(inner, 'in')
print(sum(1 for _ in deepest.iter()))

print('walks')
tree = ET.XML('<r>1<a>2<b>3</b>4<a>5</a></a>6<c/><!-- gone -->7</r>')
print([e.tag for e in tree.iter()], [e.text for e in tree.iter('a')], list(tree.itertext()), [e.tag for e in tree.iter('*')])
print([e.tag for e in tree.iter(tag='c')], list(tree.iter('')), [e.tag for e in tree.iter(None)])
walk = tree.iter()
print(next(walk).tag, iter(walk) is walk)
tree.insert(0, ET.Element('late'))
print([e.tag for e in walk], next(walk, 'end'))
tree.append(ET.Comment('kept'))
tree.append(ET.PI('do', 'it'))
print(list(tree.itertext()), [e.tag is ET.Comment or e.tag is ET.PI for e in tree[-2:]])
print(tree.find('a').text, tree.findtext('c'), tree.findtext('x'), tree.findtext('x', 'no'), len(tree.findall('a')))
print(tree.find('*').tag, tree.find('a/a').text, [e.tag for e in tree.iterfind('.//a')], tree.find('{u}x'), tree.find('a:b'))
tried(tree.find, 5)
tried(tree.iter, 'a', 'b')

print('builders')
builder = ET.TreeBuilder()
tried(builder.start)
tried(builder.start, 'a', 5)
tried(builder.start, 'a', None)
tried(builder.end, 'x')
builder.data('lost')
print(builder.start('a', {'k': 'v'}).tag)
builder.data('one ')
builder.data('two')
print(builder.comment('c').text, builder.pi('target').text, builder.pi('target', 'more').text)
builder.start('b', {})
builder.end('anything')
builder.data('tail')
print(builder.end('a').tag, shown(builder.close()))
tried(builder.start, 'second', {})
builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
builder.start('a', {})
for step in 'x', 'y':
    builder.data(step)
    builder.comment(step)
    builder.data(step)
    builder.pi(step, step)
builder.end('a')
print(shown(builder.close()))
builder = ET.TreeBuilder(lambda tag, attrib: Own(tag, str(len(attrib))), comment_factory=lambda text: ET.Element(text),
                         insert_comments=True)
builder.start('a', {'p': 'q'})
builder.data('text')
builder.comment('c')
builder.data('behind')
builder.end('a')
print(shown(builder.close()), type(builder.close()).__name__)

print('parsers')
parser = ET.XMLParser()
print(parser.entity, type(parser.target).__name__, parser.version.startswith('Expat'))
tried(setattr, parser, 'target', 1)
tried(parser.feed, 5)
tried(parser.feed, '\ud800')
tried(ET.XMLParser, 5)
tried(ET.XMLParser, encoding=5)
tried(ET.XMLParser, foo=5)
for text in '', '<a>', '<a></b>', '<a/><b/>', '<a b="1" b="2"/>', '<a>&foo;</a>', '<!DOCTYPE a PUBLIC "p" "s"><a>&foo;</a>':
    try:
        ET.fromstring(text)
    except ET.ParseError as error:
        print('   ', error, error.code, error.position, error.lineno)
parser = ET.XMLParser()
parser.entity['foo'] = 'FOO'
parser.feed('<!DOCTYPE a PUBLIC "p" "s" [<!ENTITY x "y">]><a>&foo;&x;&lt;</a>')
print(shown(parser.close()))
tried(parser.feed, '<b/>')
tried(parser.close)
for text, encoding in (('<a>\xe4</a>', 'latin-1'), ('<?xml version="1.0" encoding="cp1251"?><a>\u0416</a>', 'cp1251'),
                       ('<a>\u20ac</a>', 'utf-16')):
    data = text.encode(encoding)
    print(ascii(parsed(data, encoding='latin-1' if encoding == 'latin-1' else None).text))
print(ascii(ET.XML('<?xml version="1.0" encoding="latin-1"?><a b="\u20ac">\U0001f40d</a>').text))


class Target:
    def start(self, tag, attributes):
        print('    start', tag, attributes)

    def end(self, tag):
        print('    end', tag)

    def data(self, data):
        print('    data', repr(data))

    def comment(self, text):
        print('    comment', repr(text))

    def pi(self, target, data):
        print('    pi', target, repr(data))

    def start_ns(self, prefix, uri):
        print('    start_ns', repr(prefix), uri)

    def end_ns(self, prefix):
        print('    end_ns', repr(prefix))

    def doctype(self, *args):
        print('    doctype', args)

    def close(self):
        return 'closed'


print(parsed('<!DOCTYPE a SYSTEM "x"><a xmlns="u" xmlns:q="v" q:b="1">te&amp;xt\nmore<!--c--><?p?><?p i?>\n</a>',
             target=Target()))


class Stops:
    def start(self, tag, attributes):
        if tag == 'stop':
            raise KeyError(tag)


tried(parsed, '<a><stop/></a>', target=Stops())
tried(parsed, '<a>b</a>', target=object())



class OldParser(ET.XMLParser):
    def doctype(self, *args):
        print('never')


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(ET.XML('<!DOCTYPE a><a/>', OldParser()).tag, [str(each.message) for each in caught])

print('events')
parser = ET.XMLParser()
tried(parser._setevents, 5)
tried(parser._setevents, [], 5)
tried(parser._setevents, [], ['x'])
tried(parser._setevents, [], [5])
tried(ET.XMLParser(target=Target())._setevents, [], ['end'])
pull = ET.XMLPullParser(['start', 'end', 'start-ns', 'end-ns', 'comment', 'pi'])
for piece in '<a xmlns="u" x="1">te', 'xt<!--c--><b/>', '<?p i?></a>':
    pull.feed(piece)
    print([(event, getattr(what, 'tag', what) if event not in ('comment', 'pi') else what.text)
           for event, what in pull.read_events()])
pull.close()

print('writing')
tree = ET.XML('<a xmlns="u" xmlns:q="v" q:x="1&lt;&quot;&#10;&#9;"><q:b>&lt;&amp;&gt;</q:b>t<c xmlns=""/></a>')
print(shown(tree), ET.tostring(tree, 'us-ascii'))
print(ET.tostring(ET.XML('<a>\xe4\u20ac\U0001f40d</a>')), ET.tostring(ET.XML('<a>\xe4</a>'), 'utf-8'), ET.tostring(a, 'utf-16'))
print(ET.tostringlist(ET.XML('<a>b<c/></a>'), 'unicode'), ET.tostring(ET.XML('<a>b<c/></a>'), 'unicode', 'text'))
for wrong in ET.Element(5), ET.Element('a', {'b': 5}), ET.Element('a', {5: 'b'}):
    tried(ET.tostring, wrong)
wrong = ET.Element('a')
wrong.text = 5
tried(ET.tostring, wrong)
wrong.tag, wrong.text = None, 'only <text>'
wrong.append(ET.Element(ET.QName('u', 'named'), {ET.QName('v', 'key'): ET.QName('w', 'value')}))
print(shown(wrong))
big = ET.Element('big')
for number in range(4000):
    ET.SubElement(big, 'n', {'v': str(number)}).tail = '\n'
text = shown(big)
print(len(text), len(ET.XML(text)), shown(ET.XML(text)) == text)
