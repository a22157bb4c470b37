"""Comments and processing instructions as native elements, and with them what the native core lacks."""
from _elementtree import Element, ParseError, SubElement, TreeBuilder, XMLParser, _set_factories
from xml.etree import _writing


# Who imports this anew gets the same functions: they are the tags of elements that exist.
Comment, ProcessingInstruction = _set_factories(None, None)

if Comment is None or ProcessingInstruction is None:

    def Comment(text=None):
        """A comment: an element whose tag is this function."""
        element = Element(Comment)
        element.text = text
        return element

    def ProcessingInstruction(target, text=None):
        """A processing instruction: an element whose tag is this function."""
        element = Element(ProcessingInstruction)
        element.text = f'{target} {text}' if text else target
        return element

    for _made in (Comment, ProcessingInstruction):
        _made.__module__ = 'xml.etree.ElementTree'

_set_factories(Comment, ProcessingInstruction)
_writing.comment_tags.add(Comment)
_writing.instruction_tags.add(ProcessingInstruction)
