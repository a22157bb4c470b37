"""A library: members, loans with dates as day numbers, fines, reservations, search with a small query language."""
from collections import deque
import itertools


class LibraryError(Exception):
    """Something the library refuses."""


class Book:
    def __init__(self, title, author, year, *tags, copies=1):
        self.title, self.author, self.year, self.tags = title, author, year, set(tags)
        self.copies, self.loans, self.waiting = copies, {}, deque()

    @property
    def available(self):
        return self.copies - len(self.loans)

    def __repr__(self):
        return f"{self.title!r} ({self.year})"


class Member:
    ids = itertools.count(100)
    limit, days, fine = 2, 14, 0.25

    def __init__(self, name):
        self.id, self.name, self.debt, self.books = next(self.ids), name, 0.0, []


class Student(Member):
    limit, fine = 4, 0.1


class Library:
    def __init__(self):
        self.books, self.members, self.today, self.messages = {}, {}, 0, []

    def add(self, *books):
        self.books.update((b.title, b) for b in books)
        return self

    def join(self, member):
        return self.members.setdefault(member.name, member)

    def lend(self, name, title):
        member, book = self.members[name], self.books[title]
        if len(member.books) >= member.limit:
            raise LibraryError(f"{name} has {len(member.books)} books already")
        if member.debt > 1:
            raise LibraryError(f"{name} owes {member.debt:.2f}")
        if book.waiting and book.waiting[0] is not member or not book.available:
            if member not in book.waiting:
                book.waiting.append(member)
            raise LibraryError(f"{title} is out; {name} is number {list(book.waiting).index(member) + 1} in line")
        if book.waiting:
            book.waiting.popleft()
        book.loans[member.id] = self.today + member.days
        member.books.append(book)

    def give_back(self, name, title):
        member, book = self.members[name], self.books[title]
        try:
            due = book.loans.pop(member.id)
        except KeyError:
            raise LibraryError(f"{name} does not have {title}") from None
        member.books.remove(book)
        if late := max(0, self.today - due):
            member.debt += late * member.fine
            self.messages.append(f"{name} is {late} days late")
        if book.waiting:
            self.messages.append(f"{title} waits for {book.waiting[0].name}")

    def search(self, query):
        def test(book, word):
            if word.startswith("-"):
                return not test(book, word[1:])
            key, colon, value = word.partition(":")
            if not colon:
                return word in book.title.lower()
            match key:
                case "by":
                    return value in book.author.lower()
                case "tag":
                    return value in book.tags
                case "year" if ".." in value:
                    low, _, high = value.partition("..")
                    return int(low or 0) <= book.year <= int(high or 9999)
                case "year":
                    return book.year == int(value)
                case _:
                    raise LibraryError(f"cannot search by {key}")
        return sorted((b for b in self.books.values() if all(test(b, w) for w in query.lower().split())), key=lambda b: (b.year, b.title))


library = Library().add(
    Book("Sand and Stone", "A. Gecko", 1998, "desert", "poems"), Book("The Long Summer", "B. Skink", 2004, "novel", copies=2),
    Book("Winter Sleep", "A. Gecko", 2011, "novel", "cold"), Book("Tails", "C. Varan", 2004, "facts"), Book("Stone Soup", "D. Agama", 1987, "food"))
for member in (Member("Ann"), Student("Ben"), Member("Cy")):
    library.join(member)
script = [("lend", "Ann", "Tails"), ("lend", "Ben", "Tails"), ("lend", "Cy", "Tails"), ("lend", "Ann", "Stone Soup"), ("lend", "Ann", "Winter Sleep"),
          ("wait", 20), ("give_back", "Ann", "Tails"), ("lend", "Cy", "Tails"), ("lend", "Ben", "Tails"), ("give_back", "Ann", "Winter Sleep"),
          ("lend", "Ann", "Sand and Stone"), ("lend", "Ben", "The Long Summer"), ("lend", "Cy", "The Long Summer"), ("wait", 30), ("give_back", "Ben", "Tails"), ("give_back", "Ann", "Stone Soup"), ("lend", "Ann", "Winter Sleep")]
for action, *args in script:
    if action == "wait":
        library.today += args[0]
        continue
    try:
        getattr(library, action)(*args)
        print("ok  ", action, *args)
    except LibraryError as error:
        print("no  ", error)
print(library.messages)
print({m.name: (m.debt, m.books) for m in library.members.values()})
for query in ("stone", "by:gecko", "tag:novel year:2005..", "year:2004 -tag:facts", "year:..2000", "colour:red", ""):
    try:
        print(f"{query!r}: {library.search(query)}")
    except LibraryError as error:
        print(f"{query!r}: {error}")
