# Where a statement breaks off before a comment, the error points at the comment.
import ast
for s in ('from # line 4\n','import # c\n','x = # c\n','f( # c\n','a b # c\n','from x import # c\n','def # c\n','for # c\nx','if x # c\n','class # c','x = 1 + # c\ny','lambda # c\n','return # c\n', 'from # line 4', '  \n# c\nfrom #x\n'):
    try: ast.parse(s); print('ok',s)
    except SyntaxError as e: print(repr(s),e.lineno,e.offset,e.end_offset,e.msg)
