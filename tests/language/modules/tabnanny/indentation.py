# tabnanny: blocks whose depth depends on how wide a tab is.
import io
import tabnanny
import tokenize

for text in ('if 1:\n    a\n    b\n', 'if 1:\n\ta\n        b\n', 'if 1:\n  if 2:\n\ta\n', 'if 1:\n\ta\n\tif 2:\n\t    b\n'):
    try:
        tabnanny.process_tokens(tokenize.generate_tokens(io.StringIO(text).readline))
        print('clear')
    except tabnanny.NannyNag as nag:
        print(nag.get_lineno(), nag.get_msg(), repr(nag.get_line()))
    except (IndentationError, tokenize.TokenError) as error:
        print(type(error).__name__)
