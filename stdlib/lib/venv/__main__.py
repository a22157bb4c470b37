"""python -m venv DIR"""
import sys

from venv import main

try:
    main()
except Exception as error:
    print(f'Error: {error}', file=sys.stderr)
    sys.exit(1)
