"""Implementations of the model, by name and by what they can do."""
well_known_implementations = {'minidom': 'xml.dom.minidom'}
registered = {}


def registerDOMImplementation(name, factory):
    """Makes an implementation known."""
    registered[name] = factory


def _well_known(name):
    import importlib
    return importlib.import_module(well_known_implementations[name]).getDOMImplementation()


def _pairs(text):
    """(feature, version or None) of a text as 'core 2.0 xml'."""
    words = text.split()
    if words and words[0][0].isdigit():
        raise ValueError('bad feature name: %r' % (words[0],))
    pairs = []
    for word in words:
        if word[0].isdigit():
            pairs[-1] = pairs[-1][0], word
        else:
            pairs.append((word, None))
    return tuple(pairs)


def getDOMImplementation(name=None, features=()):
    """The implementation of a name, or the first that has the features."""
    if name in well_known_implementations:
        return _well_known(name)
    if name:
        return registered[name]()
    if isinstance(features, str):
        features = _pairs(features)
    known = [lambda name=name: _well_known(name) for name in well_known_implementations]
    for made in (*registered.values(), *known):
        implementation = made()
        if all(implementation.hasFeature(*pair) for pair in features):
            return implementation
    raise ImportError('no suitable DOM implementation found')
