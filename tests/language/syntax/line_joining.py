total = 1 + \
    2 + \
    3
print(total)
result = (1
          + 2   # a comment inside

          + 3)
print(result)
d = {
  "a": [
1,
        2,
  ],
    "b": (
3,),
}
print(d)
if total == 6 and \
   result == 6:
    print("both")
def f(a,
      b,
      ):
    return a, b
print(f(1,
2,
))
x = 1; y = 2; print(x, y);
if x: print("one line"); print("two statements")
assert \
 True
print("a" \
"b")
