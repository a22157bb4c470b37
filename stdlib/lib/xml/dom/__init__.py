"""The Document Object Model: constants, exceptions, and finding an implementation."""


class Node:
    """The kinds of nodes."""

    __slots__ = ()
    (ELEMENT_NODE, ATTRIBUTE_NODE, TEXT_NODE, CDATA_SECTION_NODE, ENTITY_REFERENCE_NODE, ENTITY_NODE,
     PROCESSING_INSTRUCTION_NODE, COMMENT_NODE, DOCUMENT_NODE, DOCUMENT_TYPE_NODE, DOCUMENT_FRAGMENT_NODE,
     NOTATION_NODE) = range(1, 13)


class DOMException(Exception):
    """An error of the model; its number is `code`."""

    def __init__(self, *args, **kw):
        if type(self) is DOMException:
            raise RuntimeError('DOMException should not be instantiated directly')
        super().__init__(*args, **kw)

    def _get_code(self):
        return self.code


_ERRORS = ('INDEX_SIZE', 'DOMSTRING_SIZE', 'HIERARCHY_REQUEST', 'WRONG_DOCUMENT', 'INVALID_CHARACTER',
           'NO_DATA_ALLOWED', 'NO_MODIFICATION_ALLOWED', 'NOT_FOUND', 'NOT_SUPPORTED', 'INUSE_ATTRIBUTE',
           'INVALID_STATE', 'SYNTAX', 'INVALID_MODIFICATION', 'NAMESPACE', 'INVALID_ACCESS', 'VALIDATION')
for _code, _name in enumerate(_ERRORS, 1):
    _constant = _name + '_ERR' if _name != 'DOMSTRING_SIZE' else 'DOMSTRING_SIZE_ERR'
    _class = ''.join(part.capitalize() for part in _name.split('_')) + 'Err'
    globals()[_constant] = _code
    globals()[_class] = type(_class, (DOMException,), {'code': _code, '__module__': __name__})


class UserDataHandler:
    """What happened to a node with data of the program."""

    NODE_CLONED, NODE_IMPORTED, NODE_DELETED, NODE_RENAMED = 1, 2, 3, 4


XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'
XHTML_NAMESPACE = 'http://www.w3.org/1999/xhtml'
EMPTY_NAMESPACE = EMPTY_PREFIX = None

from xml.dom.domreg import getDOMImplementation, registerDOMImplementation
