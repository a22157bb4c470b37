class AppError(Exception):
    """Base."""


class NotFound(AppError):
    def __init__(self, what, where="here"):
        self.what, self.where = what, where

    def __str__(self):
        return f"{self.what} not found {self.where}"


class WithSuper(AppError):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


for e in (NotFound("key"), NotFound("a", where="there"), WithSuper(5), AppError()):
    try:
        raise e
    except AppError as caught:
        print(type(caught).__name__, caught, repr(caught), caught.args)
raise NotFound("the thing")
