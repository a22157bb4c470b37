"""The codec gb2312, whose work is native."""
from encodings._multibyte import names

globals().update(names('gb2312'))
