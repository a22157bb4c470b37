name, n, pi = "Gila", 42, 3.14159
print(f"hello {name}", f"{n:>6}|{n:<6}|{n:^6}|{n:06}", f"{pi:.2f} {pi:8.3f}|")
print(f"{name!r} {name!s} {'é'!a} {name!r:>8}")
print(f"{{literal}} {{{n}}}", f"{n=} {n = } {n=:>5} {name=!s} {pi=:.1f}")
width, precision = 10, 3
print(f"{pi:{width}.{precision}}|{name:*^{width + 2}}|")
print(f"{'nested ' + f'{n + 1}'} {[x for x in range(3)]} {({'a': 1})['a']}")
print(f"{(lambda x: x * 2)(4)} {n if n > 1 else 'no'} {n!r:{'>'}{8}}")
print(f"a{1}b" "c{2}d" f"{3}", rf"\n{n}\{n}", f"\t|\x41\u00e9|")
print(f'''triple {
    n
    + 1} end''')
print(f"{n:,} {1234567:_} {255:#x} {255:#b} {0.25:.0%} {n:+d}")
print(f"{'a' 'b'}{1,}{2 , 3}", f"{n != 3} {n >= 3}")
print(f"", f"{''}", f"{'quote'}")
