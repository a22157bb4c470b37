for source in ("a\0b", "x = 1\0", "\0", b"\xff", b"# coding: latin-1\nx = '\xe9'", b"# coding: nope\nx = 1", b"\xef\xbb\xbfx = 1", "x = '\ud800'", b"x = '\xc3'", "\ufeffx = 1", "x\u00a0= 1", "x = \u201chi\u201d", "\u200bx = 1", "x = 5\u0660", "\u0661 = 1", "a\u2044b", "😀 = 1", "x = 1\r\ny = 2\r\n", "x = 1\ry = 2", "\f x = 1", "", "\n\n", "#", "\\", "\\\n", "x = \\", "x = \\ \ny", "if 1:\n\tx\n        y\n", "\tx = 1", "x = 1 \\\n\n", "pass;", ";", "x = 1;;", "'''", "$", "x = 0x", "é = 1\nprint(é)"):
    try:
        code = compile(source, "<text>", "exec")
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, ascii(e.msg), *(() if isinstance(source, bytes) else (e.lineno, e.offset)))
    except (ValueError, UnicodeError) as e:
        print(ascii(source), "->", type(e).__name__, ascii(str(e)))
