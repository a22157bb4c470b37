"""The old name of ElementTree's fast twin."""
from xml.etree.ElementTree import *
