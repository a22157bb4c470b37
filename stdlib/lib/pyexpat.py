"""Expat from Gila: the names of the native module, and two modules of constants, model and errors."""
import types

from _expat import EXPAT_VERSION, ErrorString, ExpatError, ParserCreate, xmlparser as XMLParserType

error = ExpatError
native_encoding = 'UTF-8'
version_info = tuple(map(int, EXPAT_VERSION.removeprefix('expat_').split('.')))
features = [('sizeof(XML_Char)', 1), ('sizeof(XML_LChar)', 1), ('XML_DTD', 0), ('XML_CONTEXT_BYTES', 1024),
            ('XML_NS', 0)]
XML_PARAM_ENTITY_PARSING_NEVER, XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE, XML_PARAM_ENTITY_PARSING_ALWAYS = 0, 1, 2

# The errors of Expat, from 1.
_ERRORS = '''NO_MEMORY SYNTAX NO_ELEMENTS INVALID_TOKEN UNCLOSED_TOKEN PARTIAL_CHAR TAG_MISMATCH DUPLICATE_ATTRIBUTE
JUNK_AFTER_DOC_ELEMENT PARAM_ENTITY_REF UNDEFINED_ENTITY RECURSIVE_ENTITY_REF ASYNC_ENTITY BAD_CHAR_REF
BINARY_ENTITY_REF ATTRIBUTE_EXTERNAL_ENTITY_REF MISPLACED_XML_PI UNKNOWN_ENCODING INCORRECT_ENCODING
UNCLOSED_CDATA_SECTION EXTERNAL_ENTITY_HANDLING NOT_STANDALONE UNEXPECTED_STATE ENTITY_DECLARED_IN_PE
FEATURE_REQUIRES_XML_DTD CANT_CHANGE_FEATURE_ONCE_PARSING UNBOUND_PREFIX UNDECLARING_PREFIX INCOMPLETE_PE XML_DECL
TEXT_DECL PUBLICID SUSPENDED NOT_SUSPENDED ABORTED FINISHED SUSPEND_PE RESERVED_PREFIX_XML RESERVED_PREFIX_XMLNS
RESERVED_NAMESPACE_URI INVALID_ARGUMENT NO_BUFFER AMPLIFICATION_LIMIT_BREACH'''.split()

errors = types.ModuleType('pyexpat.errors', 'Constants used to describe error conditions.')
errors.codes, errors.messages = {}, {}
for _code, _name in enumerate(_ERRORS, 1):
    _words = ErrorString(_code)
    setattr(errors, 'XML_ERROR_' + _name, _words)
    errors.codes[_words] = _code
    errors.messages[_code] = _words

model = types.ModuleType('pyexpat.model', 'Constants used to interpret content model information.')
for _place, _name in enumerate(('EMPTY', 'ANY', 'MIXED', 'NAME', 'CHOICE', 'SEQ'), 1):
    setattr(model, 'XML_CTYPE_' + _name, _place)
for _place, _name in enumerate(('NONE', 'OPT', 'REP', 'PLUS')):
    setattr(model, 'XML_CQUANT_' + _name, _place)
