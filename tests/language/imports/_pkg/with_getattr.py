def __getattr__(name):
    if name == "lazy":
        return "made on demand"
    raise AttributeError(f"no {name} here")


def __dir__():
    return ["lazy", "other"]
