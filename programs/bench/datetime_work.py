"""datetime: reading, shifting, comparing and writing moments."""
from datetime import date, datetime, timedelta, timezone

start = datetime(2020, 1, 1, tzinfo=timezone.utc)
step = timedelta(minutes=7, seconds=13)
moments = [start + step * i for i in range(60000)]
texts = [moment.isoformat() for moment in moments]
back = [datetime.fromisoformat(text) for text in texts]
print(back == moments, sum((b - a).seconds for a, b in zip(back, back[1:])))
print(sum(len(moment.strftime('%d.%m.%Y %H:%M')) for moment in moments[:30000]))
print(sum(datetime.strptime('2021-03-%02d 10:%02d' % (i % 28 + 1, i % 60), '%Y-%m-%d %H:%M').minute for i in range(8000)))
print(max(moments), sorted(moments, reverse=True)[0].date(), sum(date.fromordinal(700000 + i).weekday() for i in range(60000)))
