"""The numbers of the kinds of tokens."""

# In the order of their numbers; of operators, how they are spelled.
_KINDS = """
ENDMARKER, NAME, NUMBER, STRING, NEWLINE, INDENT, DEDENT, LPAR (, RPAR ),
LSQB [, RSQB ], COLON :, COMMA, SEMI ;, PLUS +, MINUS -, STAR *,
SLASH /, VBAR |, AMPER &, LESS <, GREATER >, EQUAL =, DOT ., PERCENT %,
LBRACE {, RBRACE }, EQEQUAL ==, NOTEQUAL !=, LESSEQUAL <=,
GREATEREQUAL >=, TILDE ~, CIRCUMFLEX ^, LEFTSHIFT <<, RIGHTSHIFT >>,
DOUBLESTAR **, PLUSEQUAL +=, MINEQUAL -=, STAREQUAL *=, SLASHEQUAL /=,
PERCENTEQUAL %=, AMPEREQUAL &=, VBAREQUAL |=, CIRCUMFLEXEQUAL ^=,
LEFTSHIFTEQUAL <<=, RIGHTSHIFTEQUAL >>=, DOUBLESTAREQUAL **=,
DOUBLESLASH //, DOUBLESLASHEQUAL //=, AT @, ATEQUAL @=, RARROW ->,
ELLIPSIS ..., COLONEQUAL :=, OP, AWAIT, ASYNC, TYPE_IGNORE, TYPE_COMMENT,
SOFT_KEYWORD, ERRORTOKEN, COMMENT, NL, ENCODING
"""

tok_name = {}
EXACT_TOKEN_TYPES = {}
for _number, _entry in enumerate(_KINDS.split(",")):
    _name, _space, _spelling = _entry.strip().partition(" ")
    if _spelling:
        EXACT_TOKEN_TYPES[_spelling] = _number
    tok_name[_number] = _name
    globals()[_name] = _number

# COMMA is the one that cannot be spelled in that list.
EXACT_TOKEN_TYPES[","] = COMMA
EXACT_TOKEN_TYPES = dict(sorted(EXACT_TOKEN_TYPES.items()))
N_TOKENS = len(tok_name)
NT_OFFSET = 256
tok_name[N_TOKENS] = "N_TOKENS"
tok_name[NT_OFFSET] = "NT_OFFSET"

__all__ = ["tok_name", "ISTERMINAL", "ISNONTERMINAL", "ISEOF",
           *[tok_name[_number] for _number in range(N_TOKENS)],
           "N_TOKENS", "NT_OFFSET"]


def ISTERMINAL(x):
    return x < NT_OFFSET


def ISNONTERMINAL(x):
    return x >= NT_OFFSET


def ISEOF(x):
    return x == ENDMARKER
