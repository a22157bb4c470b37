import sys
print(sys.version_info >= (3, 11), sys.version_info[0], sys.byteorder, sys.maxsize, sys.maxunicode, sys.platform, sys.getdefaultencoding(), isinstance(sys.version, str), sys.implementation.name in ("gila", "cpython"), len(sys.argv), sys.executable != "", sys.stdin.fileno(), sys.stdout.fileno(), sys.stderr.fileno())
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.bits_per_digit > 0, sys.hash_info.modulus, sys.getrecursionlimit(), "sys" in sys.modules, "builtins" in sys.builtin_module_names, sys.getsizeof(1) > 0, sys.intern("abc") == "abc", sys.flags.optimize, isinstance(sys.path, list), sys.path[0].endswith("modules/sys"), sys.stdout.encoding, sys.getfilesystemencoding())
sys.setrecursionlimit(2000)
print(sys.getrecursionlimit())
for call in (lambda: sys.setrecursionlimit(0), lambda: sys.setrecursionlimit("a"), lambda: sys.intern(5), lambda: sys.getswitchinterval(), lambda: sys.setswitchinterval(0), lambda: sys.setswitchinterval("x"), lambda: sys.setrecursionlimit(1)):
    try:
        print(call())
    except (ValueError, TypeError, RecursionError) as e:
        print(type(e).__name__, e)
f = sys._getframe()
print(f.f_code.co_name, f.f_lineno, f.f_globals is globals(), f.f_back)


def caller(): return sys._getframe(1).f_code.co_name
def outer(): return caller()


print(outer())
sys.stdout.write("written\n")
old = sys.stdout
import io
sys.stdout = io.StringIO()
print("captured")
text = sys.stdout.getvalue()
sys.stdout = old
print(repr(text), sys.stdout is sys.__stdout__)
sys.displayhook([1, None])
sys.displayhook(None)
