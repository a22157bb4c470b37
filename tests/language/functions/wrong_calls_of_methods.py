calls = ["[].append()", "[].append(1, 2)", "[].pop('a')", "[].pop()", "[].index(1)", "[].remove(1)", "[].insert(1)", "[].extend(1)", "[].sort(1)", "[].sort(key=1)", "[].sort(x=1)",
         "[3, 1].sort(key=5)", "{}.pop(1)", "{}.pop()", "{}.popitem()", "{}.update(1)", "{}.update([1])", "{}.get()", "{}.setdefault()", "dict.fromkeys()", "dict.fromkeys(1)",
         "set().pop()", "set().remove(1)", "set().add([])", "set().add()", "{1}.union(1)", "{1} | [1]", "().index(1)", "().count()", "'a'.join(1)", "'a'.join([1])", "'a'.split(1)", "'a'.split('')",
         "'a'.replace('a')", "'a'.index('b')", "'a'.find()", "'a'.center()", "'a'.center('b')", "'a'.center(5, 'xx')", "'a'.encode('nope')", "'a'.startswith(1)", "'a'.startswith([1])",
         "'a'.translate()", "str.maketrans('a')", "str.maketrans('a', 'bc')", "'{}'.format()", "'{a}'.format()", "'{0} {}'.format(1)", "'{:d}'.format('a')", "'a'.zfill('b')", "'a'.partition('')",
         "b'a'.join(['b'])", "b'a'.decode('nope')", "b'\\xff'.decode()", "b'a'.split('a')", "b'a' + 'a'", "b'a'.find('a')", "b'a'.hex(1, 2, 3)", "bytes.fromhex('zz')",
         "(1).bit_length(1)", "(1).to_bytes(0, 'big')", "(300).to_bytes(1, 'big')", "(-1).to_bytes(1, 'big')", "(1).to_bytes(1, 'mid')", "int.from_bytes('a', 'big')", "(1.5).as_integer_ratio(1)", "float.fromhex('z')",
         "slice(1).indices()", "slice(1).indices(-1)", "range(3).index(9)", "range(3)[5]", "int.__add__('a', 1)", "str.upper()", "str.upper(1)", "list.append([])", "list.append(1, 2)", "dict.get({}, 1, 2, 3)",
         "object.__new__()", "object.__new__(1)", "int.__new__(str)", "type.mro()", "[].__setitem__(0, 1)", "[].__getitem__('a')", "'a'.__mul__('b')", "''.join(*[[1]])", "(lambda: 0).__call__(1)"]
for call in calls:
    try:
        print(call, "=", eval(call))
    except Exception as error:
        print(call, "->", type(error).__name__ + ":", error)
