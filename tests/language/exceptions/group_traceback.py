def fail(kind, text):
    raise kind(text)


def collect():
    errors = []
    for kind, text in ((ValueError, "bad value"), (TypeError, "bad type")):
        try:
            fail(kind, text)
        except Exception as error:
            errors.append(error)
    raise ExceptionGroup("several failed", errors + [ExceptionGroup("nested", [KeyError("k")])])


collect()
