# xml.dom.minidom: parsing, walking, changing, writing, clones, attributes with namespaces, errors.
import io
import xml.dom
from xml.dom import minidom


def tried(call):
    try:
        return call()
    except Exception as error:
        return f'{type(error).__name__}: {str(error).split(" at 0x")[0]}'


TEXT = ('<?xml version="1.0" encoding="utf-8"?><!-- top --><!DOCTYPE shop [<!ATTLIST item id ID #IMPLIED>]>'
        '<shop xmlns:m="urn:m" name="K&#246;ln &amp; Co"><item id="a" m:n="1">one</item><item id="b"><![CDATA[<two>]]></item>'
        '<?go on?><empty/>tail</shop>')
document = minidom.parseString(TEXT.encode())
root = document.documentElement
print(root.tagName, root.getAttribute('name'), document.encoding, document.doctype.name, len(root.childNodes), repr(root.firstChild)[:18])
print([(node.nodeType, node.nodeName, node.nodeValue) for node in root.childNodes])
print([item.getAttribute('id') for item in document.getElementsByTagName('item')], document.getElementById('b').firstChild.data)
print(root.toxml())
print(document.toxml())
print(document.toprettyxml(indent='  '))
print(document.toxml('ascii')[:60], root.firstChild.toxml('utf-8'))
item = root.firstChild
print(item.attributes.length, sorted(item.attributes.keys()), item.getAttributeNS('urn:m', 'n'), item.attributes['id'].value,
      item.attributes.item(0).name, item.hasAttribute('x'), item.getAttribute('x') == '')
new = document.createElement('item')
new.setAttribute('id', 'c"<')
new.appendChild(document.createTextNode('a'))
new.appendChild(document.createTextNode('b'))
root.insertBefore(new, root.lastChild)
new.normalize()
print(new.toxml(), len(new.childNodes), new.previousSibling.nodeName, new.nextSibling.data, new.parentNode is root)
root.replaceChild(document.createComment('gone'), item)
root.removeChild(root.childNodes[1])
print(root.toxml(), item.parentNode)
clone = root.cloneNode(True)
clone.setAttributeNS('urn:m', 'm:x', 'y')
clone.removeAttribute('name')
print(clone.toxml(), clone.isSameNode(root), root.hasAttribute('name'))
text = document.createTextNode('hello world')
new.appendChild(text)
rest = text.splitText(5)
print(text.data, rest.data, rest.previousSibling is text, text.substringData(1, 3), rest.wholeText)
made = minidom.getDOMImplementation().createDocument('urn:x', 'x:root', None)
made.documentElement.appendChild(made.createElementNS('urn:x', 'x:child')).setAttribute('k', 'v')
print(made.toxml(), made.documentElement.prefix, made.documentElement.localName, made.documentElement.namespaceURI)
for wrong in (lambda: root.removeChild(item), lambda: document.appendChild(document.createElement('second')),
              lambda: text.appendChild(rest), lambda: root.appendChild(document), lambda: root.removeAttribute('nothing'),
              lambda: minidom.parseString('<a>'), lambda: document.createTextNode(3), lambda: text.substringData(99, 1),
              lambda: document.createComment('a--b').toxml(), lambda: xml.dom.DOMException()):
    print(tried(wrong))
print(minidom.parse(io.BytesIO(b'<a><b/></a>')).documentElement.firstChild.nodeName, xml.dom.NotFoundErr.code, xml.dom.NOT_FOUND_ERR)
with minidom.parseString('<a/>') as short:
    print(short.documentElement.toxml())
