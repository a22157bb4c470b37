from .. import version
from ..square import Square
from . import sibling
where = __name__, __package__
