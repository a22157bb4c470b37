if True:
  print("two")
  if True:
        print("eight")
        # comment at odd place
   # another
  print("back")
if True:
	print("tab")
	if True:
	        print("tab and spaces")
class A: pass
class B: x = 1; y = 2
def f(): return 5
print(A.__name__, B.y, f())


def g():

    # a comment first

    return 1

print(g())
if 1:
    pass
# comment
else:
    pass
print("end")
