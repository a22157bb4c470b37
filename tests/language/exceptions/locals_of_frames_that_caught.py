# The frames of a traceback show their variables as they were when the exception left them, also
# those that had caught it (or another one) and raised it again.
import inspect


class Parser:
    def parse(self, text, all=False):
        kept = 1
        try:
            tokens = self.scan(text, 0)
        except ValueError:
            raise
        except KeyError as error:
            kept = error
        finally:
            kept += 1
        return tokens

    def scan(self, text, start):
        tokens = [text]
        for position in range(3):
            try:
                tokens.append(self.item(position))
            except IndexError:
                pass
        return tokens

    def item(self, position):
        try:
            {}["first"]
        except KeyError:
            seen = "first"
        return str.upper(position)


class Again(Parser):
    def scan(self, text, start):
        try:
            return super().scan(text, start)
        except TypeError as error:
            text = "changed"
            raise error

    def item(self, position):
        with self:
            return super().item(position)

    def __enter__(self):
        pass

    def __exit__(self, *of):
        return False


def show(error):
    frames = {}
    for frame, _, line, name, _, _ in inspect.getinnerframes(error.__traceback__):
        if name in ("<module>", "run"):
            continue
        values = {key: value for key, value in frame.f_locals.items() if type(value) in (int, str, list)}
        print(name, line, values, sorted(frame.f_locals), frames.setdefault(name, frame) is frame)


def run(parser):
    try:
        parser.parse("a")
    except TypeError as error:
        show(error)


for round in range(3):
    run(Parser())
    run(Again())


def numbers():
    mine = "generator"
    try:
        yield 1
    except KeyError:
        mine = "caught"
        raise


generator = numbers()
next(generator)
try:
    generator.throw(KeyError("thrown"))
except KeyError as error:
    show(error)
print(__cached__)
