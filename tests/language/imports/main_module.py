import sys
print(__name__, sys.modules["__main__"].__dict__ is globals(), __package__, __spec__)
import __main__
__main__.injected = 5
print(injected, __main__.__file__ == __file__)
print(sys.argv[1:], sys.path[0].endswith("tests/language/imports"))
if __name__ == "__main__":
    print("run as a script")
