import math
print(math.pi, math.e, math.tau, math.inf, math.nan, math.sqrt(2), math.sqrt(16), math.isqrt(17), math.isqrt(10 ** 40), math.cbrt(27), math.hypot(3, 4), math.hypot(1, 2, 3), math.dist((0, 0), (3, 4)))
print(math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7), math.fabs(-3), math.floor(10 ** 30), math.copysign(1, -0.0), math.fmod(-7, 3), math.remainder(7, 4), math.modf(3.25), math.frexp(8.0), math.ldexp(0.5, 4))
print(math.factorial(20), math.factorial(0), math.gcd(48, 36), math.gcd(), math.gcd(12, 18, 27), math.lcm(4, 6), math.lcm(), math.comb(10, 3), math.perm(5, 2), math.perm(5), math.prod([1, 2, 3, 4]), math.prod([], start=5), math.fsum([0.1] * 10), math.prod([1.5, 2]))
print(math.log(math.e), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(1e-10), math.exp(1), math.exp2(3), math.expm1(1e-10), math.pow(2, 0.5), math.log(10 ** 400), math.log2(2 ** 1000), math.log10(10 ** 50))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.atan2(1, -1), math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(1), math.acosh(2), math.atanh(0.5), math.degrees(math.pi), math.radians(180))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10, abs_tol=1e-9), math.nextafter(1, 2), math.ulp(1.0), math.erf(0.5), math.erfc(0.5), math.gamma(5), math.lgamma(10))
for call in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.exp(1000), lambda: math.acos(2), lambda: math.floor("a"), lambda: math.sqrt("a"), lambda: math.isqrt(-1), lambda: math.comb(-1, 2), lambda: math.gcd(1.5), lambda: math.pow(-1, 0.5), lambda: math.fmod(1, 0), lambda: math.floor(math.inf), lambda: math.floor(math.nan), lambda: math.sin(math.inf), lambda: math.gamma(0), lambda: math.sqrt(), lambda: math.log(8, 1), lambda: math.ldexp(1.0, 5000), lambda: math.sqrt(10 ** 400)):
    try:
        print(call())
    except (ValueError, OverflowError, TypeError, ZeroDivisionError) as e:
        print(type(e).__name__, e)
