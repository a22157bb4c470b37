# datetime + timedelta within and across months and years, differences, order.
from datetime import datetime, timedelta, timezone

MOMENTS = [datetime(2020, 2, 28, 23, 59, 59, 999999), datetime(2019, 12, 31), datetime(1, 1, 1), datetime(9999, 12, 31, 12),
           datetime(2000, 2, 29, 0, 0, 1), datetime(2023, 7, 15, 6, 30)]
STEPS = [timedelta(), timedelta(microseconds=1), timedelta(microseconds=-1), timedelta(hours=30), timedelta(hours=-30),
         timedelta(days=27, seconds=86399), timedelta(days=28), timedelta(days=-28), timedelta(days=-13), timedelta(days=366),
         timedelta(days=10**6), timedelta(days=-3, microseconds=5)]
for moment in MOMENTS:
    for step in STEPS:
        for call in (lambda: moment + step, lambda: moment - step):
            try:
                there = call()
                print(there, there - moment, there < moment, there <= moment, there == moment, there != moment, there > moment,
                      there >= moment)
            except OverflowError as error:
                print(error)
print(max(MOMENTS), min(MOMENTS), sorted(MOMENTS)[1])
utc, east = datetime(2020, 1, 1, 12, tzinfo=timezone.utc), datetime(2020, 1, 1, 14, tzinfo=timezone(timedelta(hours=2)))
print(utc == east, utc < east, utc - east, utc + timedelta(hours=13), east - timedelta(days=1), utc >= utc, (utc + STEPS[3]).tzinfo)
for call in (lambda: utc < datetime(2020, 1, 1), lambda: utc - datetime(2020, 1, 1), lambda: utc < 5):
    try:
        print(call())
    except TypeError as error:
        print(error)
print(utc == datetime(2020, 1, 1, 12), timedelta(days=999999999) - timedelta(days=1), timedelta(-999999999) + timedelta(1),
      timedelta(microseconds=-1), timedelta(days=2, microseconds=-5) - timedelta(seconds=7))
