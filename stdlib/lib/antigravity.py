"""Flying, and the hash of a place to meet at (both after xkcd)."""
import hashlib
import webbrowser

webbrowser.open('https://xkcd.com/353/')


def geohash(latitude, longitude, datedow):
    """Print where to meet near a place: the date and the opening of the Dow, as bytes, decide.

    >>> geohash(37.421542, -122.085589, b'2005-05-26-10458.68')
    37.857713 -122.544543
    """
    digits = hashlib.md5(datedow, usedforsecurity=False).hexdigest()
    north, east = (f'{int(half, 16) / 16**16:f}' for half in (digits[:16], digits[16:]))
    print(f'{int(latitude)}{north[1:]} {int(longitude)}{east[1:]}')
