"""minidom: the entities and notations that a document type declares."""
import xml.dom
from xml.dom import minidom

TEXT = '''<?xml version="1.0"?>
<!DOCTYPE doc [
  <!NOTATION gif SYSTEM "viewer" >
  <!NOTATION png PUBLIC "-//png" "show">
  <!ENTITY smile "&#9786;">
  <!ENTITY picture SYSTEM "a.gif" NDATA gif>
  <!ENTITY % inner "not shown">
]>
<doc>&smile;</doc>'''
document = minidom.parseString(TEXT)
kind = document.doctype
print(len(kind.entities), kind.entities.length, len(kind.notations), ascii(document.documentElement.firstChild.data))
for node in (kind.entities.item(0), kind.entities['picture'], kind.notations.getNamedItem('gif'), kind.notations['png']):
    print(type(node).__name__, node.nodeType, node.nodeName, node.publicId, node.systemId, getattr(node, 'notationName', '-'),
          node.nodeValue, node.attributes, [ascii(child.data) for child in node.childNodes], node.ownerDocument is document)
print(kind.entities.item(5), kind.entities.item(-1), kind.entities.getNamedItem('none'), kind.entities.getNamedItemNS(None, 'x'))
entity, notation = kind.entities['smile'], kind.notations['gif']
for call in (lambda: kind.entities['none'], lambda: kind.entities.removeNamedItem('smile'),
             lambda: kind.notations.setNamedItem(notation), lambda: kind.entities.setNamedItemNS(entity),
             lambda: entity.appendChild(document.createTextNode('x')), lambda: entity.removeChild(entity.firstChild),
             lambda: entity.insertBefore(None, None), lambda: notation.appendChild(entity), lambda: entity.replaceChild(1, 2)):
    try:
        print(call())
    except (xml.dom.DOMException, KeyError) as error:
        print(type(error).__name__, error)


class Watch:
    def handle(self, operation, key, data, source, copy):
        print('told', operation, key, data, source.nodeName, copy.nodeName)


entity.setUserData('key', 'data', Watch())
twin = document.cloneNode(True)
print(twin.doctype.entities['picture'].notationName, len(twin.doctype.notations))
print(kind.cloneNode(True))
free = minidom.getDOMImplementation().createDocumentType('doc', 'public', 'system')
print(free.cloneNode(False).name, len(free.entities), free.cloneNode(True).entities.length)
print(minidom.Entity('name', 'p', 's', None).systemId, minidom.Notation('name', 'p', 's').hasChildNodes())
