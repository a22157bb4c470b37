class AppError(Exception):
    pass


def load():
    try:
        return {}["key"]
    except KeyError as error:
        raise AppError("cannot load") from error


load()
