# The brackets that ast.unparse() writes are CPython's, also where they are not needed.
import ast
for source in ['a and b and not c', 'a or b or not c', 'a and not b', 'x or y or 1 < z < 3', 'a and b and c < d and e',
               'a or b or (c and d)', 'a or b or c or d or (lambda: 1)', '(a and b) and c', 'not a and not b and not c',
               'a and b and c + 1', 'a and b and c and d and e and f and g and h | i', 'a or b or (yield) or c',
               'a and b and x if y else z', '(a := 1) and b and (c := 2)', 'a and b and await_ ** 2 and -c']:
    tree = ast.parse(source)
    text = ast.unparse(tree)
    print(text)
    assert ast.dump(ast.parse(text)) == ast.dump(tree)
