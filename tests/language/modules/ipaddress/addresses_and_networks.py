# Addresses, networks and interfaces of both versions: what is read, what is refused and with which words, arithmetic,
# containment, sorting, formats, and which blocks are private.
import copy
import ipaddress
import operator
import pickle


def attempt(label, function, *args, **keywords):
    try:
        print(label, '->', repr(function(*args, **keywords)))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


for text in ('', '1.2.3', '1.2.3.a', '1.2.3.256', '01.2.3.4', '1.2.3.1234', '1..2.3', '1.2.3.4/24', -1, 2**32, b'abc',
             b'abcd',
             None, '::1', '1.2.3.4%a'):
    attempt(text, ipaddress.IPv4Address, text)
    attempt(text, ipaddress.ip_address, text)
for text in (':', '1:2', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '::1::', ':::', ':1:2:3:4:5:6:7', '1:2:3:4:5:6:7:',
             '1:2:3:4:5:6:7:8::', '::12345', '::g', '::%', '::1%a', '::1%a%b', '::1.2.3', '::1.2.3.4',
             '1:2:3:4:5:6:7::8',
             '::1/64', b'', b'a' * 16, 2**128, '%a'):
    attempt(text, ipaddress.IPv6Address, text)
for text in ('1.2.3.4', '1.2.3.4/24', '1.2.3.0/33', '1.2.3.0/', '1.2.3.0/255.255.255.0', '1.2.3.0/0.0.0.255',
             '1.2.3.0/255.0.255.0', '1.2.3.0/1/2', 5, ('1.2.3.0', 24), ('1.2.3.0', 24, 1), '1.2.3.0/024', '::1/64',
             '::/129',
             '::/ffff::', ('1::', 64), 'fe80::%a/64', None):
    attempt(text, ipaddress.ip_network, text)
    attempt(text, ipaddress.ip_network, text, strict=False)
    attempt(text, ipaddress.ip_interface, text)

address, loop, scoped = map(ipaddress.ip_address, ('1.2.3.4', '::1', 'fe80::1%eth0'))
wide, narrow, six = map(ipaddress.ip_network, ('10.0.0.0/8', '10.1.0.0/16', 'fe80::/64'))
face, scoped_face = map(ipaddress.ip_interface, ('10.1.2.3/8', 'fe80::1%x/64'))
everything = address, loop, wide, narrow, face, scoped, six, scoped_face
for symbol in 'lt', 'eq', 'add', 'contains':
    for one in everything:
        for other in (*everything, 1):
            attempt(f'{one} {symbol} {other}', getattr(operator, symbol), one, other)
for item in everything:
    shown = {}
    for name in dir(item):
        if not name.startswith('_') and (item is not scoped or name not in ('exploded', 'reverse_pointer')):
            value = getattr(item, name)
            if not callable(value):
                shown[name] = value
    print(repr(item), shown)
    for spec in '', 's', 'b', 'x', 'n', '#_X', '#_n', 'd', '20':
        attempt(spec, format, item, spec)
    print(pickle.loads(pickle.dumps(item)) == item, hash(copy.deepcopy(item)) == hash(item))

for text in '10.0.0.0/30', '10.0.0.0/31', '10.0.0.0/32', '::/126', '::/127', '::/128':
    network = ipaddress.ip_network(text)
    print(text, list(network.hosts()), list(network), list(network.subnets()))
for keywords in (dict(prefixlen_diff=2), dict(new_prefix=9), dict(new_prefix=7), dict(new_prefix=40),
                 dict(prefixlen_diff=-1),
                 dict(prefixlen_diff=3, new_prefix=9), dict(prefixlen_diff=30)):
    attempt(keywords, lambda **keys: list(wide.subnets(**keys)), **keywords)
    attempt(keywords, wide.supernet, **keywords)
attempt('exclude', lambda: list(narrow.address_exclude(ipaddress.ip_network('10.1.128.0/17'))))
attempt('exclude', lambda: list(narrow.address_exclude(wide)))
attempt('exclude', lambda: list(narrow.address_exclude(address)))
for other in wide, narrow, six, address, 5:
    for method in narrow.subnet_of, narrow.supernet_of, narrow.overlaps:
        attempt(method.__name__, method, other)
for index in 0, -1, 2**24, -2**24 - 1:
    attempt(index, wide.__getitem__, index)

one = ipaddress.ip_address
attempt('range', lambda: list(ipaddress.summarize_address_range(one('1.0.0.1'), one('1.0.1.9'))))
attempt('range', lambda: list(ipaddress.summarize_address_range(one('1.0.0.1'), one('1.0.0.0'))))
attempt('range', lambda: list(ipaddress.summarize_address_range(one('1.0.0.1'), loop)))
attempt('range', lambda: list(ipaddress.summarize_address_range(one('0.0.0.0'), one('255.255.255.255'))))
for items in ([wide, narrow, address], [address, loop], [one(f'1.1.1.{last}') for last in (0, 1, 2, 3, 5)], [],
              [ipaddress.ip_network(f'1.0.{third}.0/24') for third in range(4)]):
    attempt('collapse', lambda: list(ipaddress.collapse_addresses(items)))
print(sorted([scoped, address, loop, wide, narrow, six], key=ipaddress.get_mixed_type_key))
attempt('packed', ipaddress.v4_int_to_packed, -1)
attempt('packed', ipaddress.v6_int_to_packed, 2**128)
for text in '::ffff:1.2.3.4', '2002:102:304::', '2001:0:102:304::fefd:fcfb':
    print(text, one(text).ipv4_mapped, one(text).sixtofour, one(text).teredo)
for text in ('0.0.0.0 10.1.1.1 127.1.1.1 169.254.1.1 172.32.0.1 192.0.0.9 192.0.0.170 198.18.1.1 224.1.1.1 240.1.1.1 '
             '255.255.255.255 100.64.0.1 8.8.8.8 :: ::1 ::ffff:10.2.3.4 100::1 2001:1::1 2001:db8::1 2001:20::1 '
             'fc00::1 fe80::1 fec0::1 ff00::1 2606::1 4000:: 64:ff9b:1::').split():
    for item in ipaddress.ip_address(text), ipaddress.ip_network(text), ipaddress.ip_interface(text):
        print(item, *(name for name in ('is_private', 'is_global', 'is_multicast', 'is_reserved', 'is_loopback',
                                        'is_link_local', 'is_unspecified', 'is_site_local') if getattr(item, name,
                                                                                                       False)))
