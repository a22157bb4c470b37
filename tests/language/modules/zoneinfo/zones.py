# zoneinfo: offsets on both sides of every change, folds and gaps, arithmetic, caches, pickles, paths, files, errors.
import copy
import io
import os
import pickle
import struct
import zoneinfo
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo


def tried(call):
    try:
        return call()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


for key in ('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Europe/Dublin', 'UTC',
            'Africa/Casablanca', 'Pacific/Apia', 'America/Sao_Paulo', 'Etc/GMT+5', 'Asia/Tehran', 'Antarctica/Troll'):
    zone = ZoneInfo(key)
    seen = []
    for year in (1880, 1900, 1916, 1945, 1970, 1985, 2011, 2023, 2037, 2050):
        for month in (1, 4, 7, 10, 12):
            when = datetime(year, month, 15, 12, tzinfo=zone)
            text = f'{when.utcoffset()} {when.dst()} {when.tzname()}'
            if not seen or seen[-1][1] != text:
                seen.append((f'{year}-{month}', text))
    print(key, *seen, sep='\n  ')
    wrong = 0
    for day in range(0, 365 * 3, 1):
        for start in (datetime(1999, 1, 1, 0, 30), datetime(2040, 1, 1, 1, 30)):
            utc = (start + timedelta(days=day)).replace(tzinfo=timezone.utc)
            wrong += utc.astimezone(zone).astimezone(timezone.utc) != utc
    print('  there and back:', wrong)

berlin = ZoneInfo('Europe/Berlin')
for year in (1980, 2020, 2045):
    for month, day in ((3, 29), (3, 26), (10, 25), (10, 29), (4, 6), (9, 28)):
        for hour in (1, 2, 3):
            for fold in (0, 1):
                when = datetime(year, month, day, hour, 30, tzinfo=berlin, fold=fold)
                back = when.astimezone(timezone.utc).astimezone(berlin)
                if back.replace(tzinfo=None) != when.replace(tzinfo=None) or back.fold:
                    print(when.isoformat(), fold, when.dst(), back.isoformat(), back.fold)
print(datetime(2024, 3, 30, 12, tzinfo=berlin) + timedelta(days=1), datetime(2024, 3, 31, 12, tzinfo=berlin) -
      datetime(2024, 3, 30, 12, tzinfo=ZoneInfo('UTC')))
print(time(12, tzinfo=berlin).utcoffset(), time(12, tzinfo=ZoneInfo('UTC')).utcoffset(), repr(berlin), str(berlin), berlin.key)
print(ZoneInfo('Europe/Berlin') is berlin, ZoneInfo.no_cache('Europe/Berlin') is berlin, copy.copy(berlin) is berlin,
      pickle.loads(pickle.dumps(berlin)) is berlin, pickle.loads(pickle.dumps(ZoneInfo.no_cache('UTC'))) is ZoneInfo('UTC'))
ZoneInfo.clear_cache(only_keys=['Europe/Berlin'])
print(ZoneInfo('Europe/Berlin') is berlin, ZoneInfo('Europe/Berlin') is ZoneInfo('Europe/Berlin'))


class Mine(ZoneInfo):
    pass


print(Mine('UTC'), Mine('UTC') is ZoneInfo('UTC'), repr(Mine('UTC'))[-15:])
names = zoneinfo.available_timezones()
print('Europe/Berlin' in names, 'posix/Europe/Berlin' in names, 'posixrules' in names, len(names) > 400)
for wrong in (lambda: ZoneInfo('Nope/X'), lambda: ZoneInfo('../x'), lambda: ZoneInfo('/etc/x'), lambda: ZoneInfo('a/../b'),
              lambda: ZoneInfo('Europe'), lambda: ZoneInfo('a\0b'), lambda: zoneinfo.reset_tzpath('x'),
              lambda: zoneinfo.reset_tzpath(['rel']), lambda: berlin.fromutc(3), lambda: berlin.fromutc(datetime(2020, 1, 1)),
              lambda: ZoneInfo.from_file(io.BytesIO(b'xx')), lambda: zoneinfo.nothing):
    print(tried(wrong))
with open('/usr/share/zoneinfo/Asia/Tokyo', 'rb') as file:
    tokyo = ZoneInfo.from_file(file, key='My/Tokyo')
print(tokyo, datetime(2020, 1, 1, tzinfo=tokyo), tried(lambda: pickle.dumps(tokyo)))
before = zoneinfo.TZPATH
zoneinfo.reset_tzpath(['/nonexistent'])
ZoneInfo.clear_cache()
print(zoneinfo.TZPATH, tried(lambda: ZoneInfo('Europe/Berlin')))
zoneinfo.reset_tzpath(before)


def made(rule):
    """A file without changes, and with a rule at its end."""
    kind = struct.pack('>lbb', 3600, 0, 0)
    first = b'TZif2' + bytes(15) + struct.pack('>6l', 0, 0, 0, 0, 1, 4) + kind + b'AAA\0'
    return io.BytesIO(first + first + b'\n' + rule.encode() + b'\n')


for rule in ('UTC0', '<+03>-3', 'EST5EDT,M3.2.0,M11.1.0', 'AAA3BBB,J60/12,J300', 'AAA-3BBB,60/5,300/23', 'IST-1GMT0,M10.5.0,M3.5.0/1'):
    zone = ZoneInfo.from_file(made(rule))
    print(rule, [f'{datetime(2024, m, 1, tzinfo=zone):%z %Z}' for m in range(1, 13)])
for rule in ('X', 'EST', 'EST5EDT', 'EST5EDT,M13.2.0,M11.1.0', 'EST25', 'AAA3BBB,J0,J300', 'AAA3BBB,J60/168,J300'):
    print(rule, tried(lambda: ZoneInfo.from_file(made(rule))).split(':')[0])
