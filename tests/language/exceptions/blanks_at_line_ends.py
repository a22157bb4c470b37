# Blanks at the end of a source line: shown by the interpreter; they move the marks of the module traceback.
import sys, traceback
def f(): return 1/0   
def g(): return "x".foo; 
def h(): return (1+
   2)/0 	 
try: f() 
except Exception: traceback.print_exc(file=sys.stdout)
try: g()   
except Exception: traceback.print_exc(file=sys.stdout)
try: h()
except Exception: traceback.print_exc(file=sys.stdout)
def k(): return f()   # c  
def l(): f()   
try: l() 
except Exception as e: x=traceback.TracebackException.from_exception(e); print([s.line for s in x.stack],[s._original_line for s in x.stack])
k() 	 
