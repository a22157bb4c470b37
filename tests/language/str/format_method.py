print("{} {} {}".format(1, "a", None), "{0} {1} {0}".format("x", "y"), "{a} {b}".format(a=1, b=2), "{0[1]} {1.real} {k[x]}".format([1, 2], 5, k={"x": "v"}))
print("{:>5}|{:<5}|{:^5}|{:*^7}|".format("a", "b", "c", "d"), "{:05d} {:+} {:,} {:x} {:#o} {:b} {:e} {:.2f} {:%}".format(42, 7, 1234567, 255, 8, 5, 12345.678, 3.14159, 0.5))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{{}} {{{0}}}".format(5), "{:{}}".format("x", 5) + "|", "{0:{w}.{p}f}".format(3.14159, w=8, p=2), "{:{fill}{align}{width}}".format("m", fill="-", align="^", width=5))
print("{}".format([1]), "{0.__class__.__name__}".format(5), "{[0]}{[1]}".format("ab", "cd"), "{:d}".format(True), "{:s}".format("q"), "{:c}".format(65), "{x}{}{y}".format(1, x=2, y=3))
print("{a[b]} {a[0]}".format(a={"b": 1, 0: "zero"}), "{:.3}".format("abcdef"), "{:10.3}|".format("abcdef"), "{:n}".format(1234), "{:_}".format(10 ** 7), "{:08.3f}".format(-3.14159), "{:=+8d}".format(42))
for template, args, kw in [("{}", (), {}), ("{a}", (), {}), ("{0} {}", (1, 2), {}), ("{} {0}", (1, 2), {}), ("{", (), {}), ("}", (), {}), ("{:d}", ("a",), {}), ("{:q}", (1,), {}), ("{!x}", (1,), {}), ("{0.zz}", (1,), {}), ("{0[5]}", ([1],), {}), ("{:.2}", (5,), {}), ("{0!r", (1,), {}), ("{:>>5}", ("a",), {}), ("{a.b.c}", (), {"a": 1}), ("{:5}", ([],), {}), ("{:,s}", ("a",), {}), ("{:-s}", ("a",), {}), ("{0[}", (1,), {}), ("{:=5}", ("a",), {})]:
    try:
        print(template.format(*args, **kw))
    except (IndexError, KeyError, ValueError, AttributeError, TypeError) as e:
        print(template, "->", type(e).__name__, e)
print("{a} {b}".format_map({"a": 1, "b": 2}))


class Default(dict):
    def __missing__(self, k): return f"<{k}>"


print("{x} {y}".format_map(Default(x=1)))
