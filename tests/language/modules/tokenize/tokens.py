# Tokens of source, back again, and the encoding.
import io
import token
import tokenize

source = '''# comment
def f(a, *b: int = 0x1F) -> None:
    """doc
    string"""
    if a >= 1.5e3j and b != b"x\\n":
        return [a, \\
                b] # end

\ttry: x = f'{a}' ; y @= 1_000 ** 2
\texcept: pass
ünï = "é" ... $
'''
for line in source.replace("\ttry", "    try").replace("\texcept", "    except").splitlines(True)[:0]:
    print(line)
source = source.replace("\ttry", "    try").replace("\texcept", "    except")
tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
for item in tokens:
    print(token.tok_name[item.type], token.tok_name[item.exact_type], ascii(item.string), item.start, item.end)
print(tokenize.untokenize(tokens) == source, tokens[1])
print([t.string for t in tokenize.tokenize(io.BytesIO(b"x = 1").readline)], tokenize.untokenize([(token.NAME, "x"), (token.OP, "="), (token.NUMBER, "1")]))
for head in [b"# -*- coding: latin-1 -*-\n", b"\xef\xbb\xbfx\n", b"\n# coding: utf8\n", b"", b"# coding: nonsense\n", b"\xff\n"]:
    try:
        print(tokenize.detect_encoding(io.BytesIO(head).readline))
    except SyntaxError as error:
        print("SyntaxError", error)
for bad in ["(1,\n", "x = '''abc\n", "if 1:\n        a\n    b\n", "x = 'abc\n"]:
    try:
        print([(token.tok_name[t.type], t.string) for t in tokenize.generate_tokens(io.StringIO(bad).readline)])
    except (tokenize.TokenError, IndentationError) as error:
        print(type(error).__name__, error.args)
print(token.ISTERMINAL(5), token.ISEOF(0), token.N_TOKENS, token.EXACT_TOKEN_TYPES["->"], len(token.tok_name))
