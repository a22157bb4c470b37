"""The prompt on a terminal: editing and completion by readline, and a history that outlives the program.

The history is ~/.gila_history, or the file that GILA_HISTORY names (empty: none).
"""
import atexit
import os
import readline
import rlcompleter  # noqa: F401  it registers itself

_LINES = 1000


def set_up():
    """Reads the history, and writes it at the end."""
    path = os.environ.get('GILA_HISTORY')
    if path is None:
        home = os.path.expanduser('~')
        path = os.path.join(home, '.gila_history') if home != '~' else ''
    if not path:
        return
    try:
        readline.read_history_file(path)
    except OSError:
        pass
    readline.set_history_length(_LINES)
    atexit.register(_save, path)


def _save(path):
    try:
        readline.write_history_file(path)
    except OSError:
        pass


read = readline._read
