import calendar
import statistics as s
from decimal import Decimal as D
from fractions import Fraction as F


def show(function, *args, **kwargs):
    """Prints what a call gives, or how it fails."""
    try:
        print(function.__name__, args, repr(function(*args, **kwargs)))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error)


samples = ([], [1], [1, 2, 4], [1, 3], [F(1, 2), 1], [1.5, 2.5, 3, 3], [D('0.5'), D('0.7')], [0.1] * 10, [1, 1, 1], ['a', 'b', 'a'],
           [1e300, 1e300], [3, 1, 2, 2, 2, 9], [-1, 2])
for function in (s.mean, s.median, s.median_low, s.median_high, s.mode, s.multimode, s.stdev, s.pstdev, s.variance, s.pvariance,
                 s.quantiles, s.fmean, s.harmonic_mean, s.median_grouped):
    for sample in samples:
        if function in (s.median, s.median_grouped, s.quantiles, s.fmean, s.harmonic_mean) and 'a' in sample:
            continue
        show(function, sample)
show(s.geometric_mean, [54, 24, 36])
show(s.geometric_mean, [0])
show(s.fmean, [1, 2], [3, 1])
show(s.fmean, [1], [2, 3])
show(s.quantiles, [1, 2, 3, 4, 5], n=10)
show(s.quantiles, [1, 2, 3, 4, 5], method='inclusive')
show(s.quantiles, [1, 2], method='x')
show(s.covariance, [1, 2, 3], [1, 5, 7])
show(s.correlation, [1, 2, 3], [1, 5, 7])
show(s.correlation, [1, 1], [1, 2])
show(s.linear_regression, [1, 2, 3], [2, 4, 7])
show(s.linear_regression, [1, 2, 3], [2, 4, 7], proportional=True)
n = s.NormalDist(10, 2)
print(n, n.pdf(11), n.cdf(12), round(n.inv_cdf(0.9), 10), n.zscore(14), n + 5, n * 2, n - s.NormalDist(1, 1), n.overlap(s.NormalDist(11, 3)),
      [round(q, 10) for q in n.quantiles()], n == s.NormalDist(10, 2), n.variance)
show(s.NormalDist, 0, -1)
show(s.NormalDist().inv_cdf, 1)
print(calendar.month(2024, 2))
print(calendar.calendar(2023)[:400])
print(calendar.TextCalendar(6).formatmonth(2021, 5, 3, 2))
print(calendar.HTMLCalendar().formatmonth(2020, 2))
print(calendar.monthrange(2024, 2), calendar.isleap(1900), calendar.leapdays(1900, 2001), calendar.monthcalendar(2021, 8),
      calendar.timegm((2001, 9, 9, 1, 46, 40)), list(calendar.day_name), calendar.month_abbr[3], calendar.weekday(2000, 1, 1))
show(calendar.monthrange, 2000, 13)
show(calendar.setfirstweekday, 7)
print([str(d) for d in list(calendar.Calendar().itermonthdates(2020, 12))[-3:]])
