"""The Hong Kong's encodings."""
from _multibytecodec import _finder

getcodec = _finder('big5hkscs')
