"""hashlib and hmac: many short messages, and a long one in pieces."""
import hashlib
import hmac

digest = b''
for i in range(60000):
    digest = hashlib.sha256(digest + b'%d' % i).digest()
for i in range(60000):
    digest = hashlib.md5(digest).digest()
for i in range(10000):
    digest = hmac.digest(b'key', digest, 'sha1')
long = hashlib.blake2b()
for i in range(400):
    long.update(b'x' * 65536)
print(digest.hex(), long.hexdigest()[:32])
