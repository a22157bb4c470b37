"""`-m unittest`: run the tests that the command line names."""
import sys

if sys.argv[0].endswith('__main__.py') or not sys.argv[0].endswith('.py'):
    import os.path
    # The messages of usage name a command that can be typed again.
    sys.argv[0] = f'{os.path.basename(sys.executable)} -m unittest'

__unittest = True

from .main import main

main(module=None)
