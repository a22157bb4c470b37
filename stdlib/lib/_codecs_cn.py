"""The Chinese encodings."""
from _multibytecodec import _finder

getcodec = _finder('gb2312', 'gbk', 'gb18030', 'hz')
