# Addresses, groups and headers: their texts, what they know, and that none of it can be set.
import datetime
import pickle
from email.headerregistry import Address, Group, HeaderRegistry

for username in ('', 'a', 'a.b', '.a', 'a.', 'a b', 'a"b', '"', '.', 'é'):
    for domain in ('', 'x.y'):
        for name in ('', 'N', 'N.', 'N"q'):
            address = Address(name, username, domain)
            print(address.addr_spec, '|', address, '|', repr(address))

for keywords in ({'username': 'a\n'}, {'addr_spec': 'a@b', 'domain': 'c'}, {'addr_spec': 'a'}, {'addr_spec': 'a@b c'},
                 {'addr_spec': '@b'}, {'addr_spec': ','}, {'addr_spec': '<a@b>'}, {'addr_spec': '(c)'}, {'addr_spec': '"a b"@c'}):
    try:
        print(keywords, repr(Address('d', **keywords)))
    except Exception as problem:
        print(keywords, type(problem).__name__, problem)

one = Address('x', 'y', 'z')
groups = [Group(), Group('x'), Group('x y', [one]), Group(None, [one]), Group(None, [one, one]), Group('a.b', [one, one])]
for group in groups:
    print(repr(group), '|', group, '|', group == Group('x'), group.addresses)
print(one == Address('x', 'y', 'z'), one == 5, one != Group('x', [one]))


def refused(change):
    try:
        change()
    except (AttributeError, TypeError) as problem:
        print(type(problem).__name__, problem)


refused(lambda: hash(one))
refused(lambda: hash(groups[0]))
refused(lambda: setattr(one, 'domain', 'w'))
refused(lambda: setattr(groups[0], 'addresses', ()))

registry = HeaderRegistry()
ASKED = ('datetime', 'groups', 'addresses', 'major', 'minor', 'version', 'params', 'maintype', 'subtype', 'content_type',
         'content_disposition', 'cte', 'max_count', 'address')
VALUES = [('Date', 'Sat, 13 Nov 2021 10:00:00 +0100'), ('Date', 'x'), ('date', ''), ('Date', datetime.datetime(2020, 1, 2)),
          ('To', 'a@b, x:c@d, e@f;'), ('To', [one, Group('g', [one])]), ('to', one), ('Sender', 'a@b, c@d'), ('Sender', 'a@b'),
          ('Mime-Version', '1.0'), ('Mime-Version', 'x'), ('Content-Type', 'text/html; charset=utf-8; name="a b"'),
          ('content-disposition', 'attachment; filename=x'), ('content-disposition', ''),
          ('Content-Transfer-Encoding', 'base64'), ('message-id', '<a@b>'), ('subject', 'hé'), ('x', 'y')]
for name, value in VALUES:
    header = registry(name, value)
    print(header.name, repr(str(header)), type(header).__name__, [base.__name__ for base in type(header).__bases__], header.defects)
    for attribute in ASKED:
        try:
            print('   ', attribute, getattr(header, attribute))
        except AttributeError:
            pass
        except ValueError as problem:
            print('   ', attribute, problem)
    again = pickle.loads(pickle.dumps(header)) if header.lower() != value or isinstance(value, str) else header
    print('   ', again == header, again.name == header.name)
refused(lambda: setattr(header, 'name', 1))
refused(lambda: setattr(header, 'defects', 1))
for name in sorted(registry.registry):
    print(name, registry.registry[name].__name__)
