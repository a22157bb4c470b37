"""cmath: infinities and NaNs as arguments."""
import cmath

inf, nan = float('inf'), float('nan')
for name in 'exp sin cos tan sinh cosh tanh acosh'.split():
    for z in [complex(a, b) for a in (0.0, 1.0, inf, -inf, nan) for b in (0.0, 2.0, inf, -inf, nan)]:
        try:
            result = getattr(cmath, name)(z)
            print(name, z, [abs(x) if x in (0, inf, -inf) or x != x else float(f'{x:.12g}') for x in (result.real, result.imag)])
        except ValueError as error:
            print(name, z, error)
