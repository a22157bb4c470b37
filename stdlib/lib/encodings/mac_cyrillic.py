"""The codec mac-cyrillic, whose work is native."""
from encodings._native import names

globals().update(names('mac-cyrillic'))
