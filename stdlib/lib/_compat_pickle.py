"""Names of Python 2 and of now, as pickles before protocol 3 have them."""
from _pickle_codes import NEW_MODULES, NEW_NAMES, OLD_MODULES, OLD_NAMES

IMPORT_MAPPING = dict(NEW_MODULES)
NAME_MAPPING = dict(NEW_NAMES)
REVERSE_IMPORT_MAPPING = dict(OLD_MODULES)
REVERSE_NAME_MAPPING = dict(OLD_NAMES)
