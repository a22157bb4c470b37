"""Numbers and tokens that nobody can guess: everything here comes from the system's source of randomness."""
import binascii
from hmac import compare_digest
from random import SystemRandom

__all__ = ['choice', 'randbelow', 'randbits', 'SystemRandom', 'token_bytes', 'token_hex', 'token_urlsafe',
           'compare_digest']

DEFAULT_ENTROPY = 32  # bytes, where the caller names no number
_source = SystemRandom()
choice, randbits = _source.choice, _source.getrandbits
_URL_SAFE = bytes.maketrans(b'+/', b'-_')


def randbelow(exclusive_upper_bound):
    """One of the numbers from 0 up to the bound, which is left out."""
    if exclusive_upper_bound > 0:
        return _source._randbelow(exclusive_upper_bound)
    raise ValueError('Upper bound must be positive.')


def token_bytes(nbytes=None):
    """So many random bytes."""
    return _source.randbytes(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    """So many random bytes, written as hexadecimal digits."""
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    """So many random bytes, written in base 64 with letters that mean nothing in a URL."""
    encoded = binascii.b2a_base64(token_bytes(nbytes), newline=False)
    return encoded.translate(_URL_SAFE, b'=').decode()
