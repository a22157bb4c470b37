import hashlib
import hmac


def show(function, *args, **kwargs):
    """Prints what a call gives, or how it fails."""
    try:
        print(function.__name__, args, kwargs, function(*args, **kwargs))
    except Exception as error:
        print(function.__name__, args, kwargs, type(error).__name__, error)


for n in sorted(hashlib.algorithms_guaranteed):
    h = hashlib.new(n, b'abc' * 1000)
    print(n,h.digest_size,h.block_size,(h.hexdigest(16) if 'shake' in n else h.hexdigest()))
print(hashlib.blake2b(b'a',digest_size=20,key=b'k',salt=b's',person=b'p').hexdigest())
print(hashlib.blake2s(b'a'*999,digest_size=20,key=b'k',salt=b's',person=b'p',fanout=3,depth=2,leaf_size=9,node_offset=7,node_depth=1,inner_size=12,last_node=True).hexdigest())
