"""The codec gb18030, whose work is native."""
from encodings._multibyte import names

globals().update(names('gb18030'))
