"""decimal: a sum of money, interest, and digits of e."""
from decimal import Decimal, getcontext

total = Decimal(0)
for i in range(20000):
    total += (Decimal(i) * Decimal('1.19')).quantize(Decimal('0.01'))
rate = Decimal('1.0375')
capital = Decimal(1000)
for _ in range(2000):
    capital = capital * rate / 2 + 500
getcontext().prec = 200
e = term = Decimal(1)
for i in range(1, 150):
    term /= i
    e += term
print(total, capital, e, Decimal(2).sqrt())
