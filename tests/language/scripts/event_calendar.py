"""A calendar without the datetime module: weekdays, leap years, month sheets, recurring events, Easter."""

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year, month):
    return 29 if month == 2 and leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


class Date:
    __slots__ = ("year", "month", "day")

    def __init__(self, year, month, day):
        if not 1 <= month <= 12:
            raise ValueError(f"no month {month}")
        if not 1 <= day <= month_days(year, month):
            raise ValueError(f"{MONTHS[month - 1]} {year} has no day {day}")
        self.year, self.month, self.day = year, month, day

    @property
    def ordinal(self):
        y = self.year - 1
        return y * 365 + y // 4 - y // 100 + y // 400 + sum(month_days(self.year, m) for m in range(1, self.month)) + self.day

    @classmethod
    def from_ordinal(cls, n):
        year = max(1, n * 400 // 146097)
        while cls(year + 1, 1, 1).ordinal <= n:
            year += 1
        n -= cls(year, 1, 1).ordinal - 1
        month = 1
        while n > month_days(year, month):
            n -= month_days(year, month)
            month += 1
        return cls(year, month, n)

    @property
    def weekday(self):
        return (self.ordinal - 1) % 7

    def __add__(self, days):
        return Date.from_ordinal(self.ordinal + days)

    def __sub__(self, other):
        return self.ordinal - other.ordinal if isinstance(other, Date) else self + -other

    def __eq__(self, other):
        return isinstance(other, Date) and self.ordinal == other.ordinal

    def __lt__(self, other):
        return self.ordinal < other.ordinal

    def __le__(self, other):
        return self.ordinal <= other.ordinal

    def __hash__(self):
        return hash(self.ordinal)

    def __format__(self, spec):
        names = {"Y": f"{self.year:04}", "m": f"{self.month:02}", "d": f"{self.day:02}", "B": MONTHS[self.month - 1], "a": DAYS[self.weekday], "j": f"{self - Date(self.year, 1, 1) + 1:03}"}
        for key, text in names.items():
            spec = spec.replace("%" + key, text)
        return spec or str(self)

    def __str__(self):
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    __repr__ = __str__


def easter(year):
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    l = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return Date(year, month, day + 1)


def sheet(year, month):
    yield f"{MONTHS[month - 1]} {year}".center(27).rstrip()
    yield " ".join(DAYS)
    line = ["   "] * Date(year, month, 1).weekday
    for day in range(1, month_days(year, month) + 1):
        line.append(f"{day:3}")
        if len(line) == 7:
            yield " ".join(line)
            line = []
    if line:
        yield " ".join(line)


def every(start, until, *, days=0, months=0):
    date, step = start, 0
    while date <= until:
        yield date
        step += 1
        if days:
            date = date + days
        else:
            y, m = divmod(start.month - 1 + months * step, 12)
            date = Date(start.year + y, m + 1, min(start.day, month_days(start.year + y, m + 1)))


print(*sheet(2024, 2), *sheet(2023, 10), sep="\n")
d = Date(2024, 2, 28)
print(d, d + 1, d + 2, d - 59, Date(2025, 1, 1) - d, d < d + 1, f"{d:%a %d %B %Y, day %j}", {d: 1}[Date(2024, 2, 28)], Date(1970, 1, 1).ordinal, DAYS[Date(2000, 1, 1).weekday])
print([y for y in range(1895, 1910) if leap(y)], leap(2000), leap(2100), [easter(y) for y in (1999, 2000, 2024, 2025, 2038)])
print(list(every(Date(2024, 1, 31), Date(2024, 6, 30), months=1)), len(list(every(Date(2024, 1, 1), Date(2024, 12, 31), days=7))))
print([f"{y}" for y in range(2020, 2040) for m in (2,) if Date(y, m, 13).weekday == 4], all(Date.from_ordinal(n).ordinal == n for n in range(1, 800000, 997)))
for bad in ((2023, 2, 29), (2024, 13, 1), (2024, 4, 31), (1900, 2, 29)):
    try:
        Date(*bad)
    except ValueError as error:
        print(error)
