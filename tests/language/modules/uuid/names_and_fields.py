import uuid


def show(function, *args, **kwargs):
    """Prints what a call gives, or how it fails."""
    try:
        print(function.__name__, args, kwargs, function(*args, **kwargs))
    except Exception as error:
        print(function.__name__, args, kwargs, type(error).__name__, error)


u=uuid.uuid5(uuid.NAMESPACE_DNS,'python.org')
print(u,repr(u),u.version,u.variant,u.fields,u.bytes_le,u.urn,uuid.uuid3(uuid.NAMESPACE_URL,'x'))
show(uuid.UUID,'x')
show(uuid.UUID)
print(uuid.uuid4().version,uuid.uuid1().version)
