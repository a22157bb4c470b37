import cmath


def show(function, *args):
    """Prints what a call gives, to twelve digits, or how it fails."""
    try:
        result = function(*args)
        if isinstance(result, complex):
            result = f'{result.real:.12g} {result.imag:.12g}'
        elif isinstance(result, tuple):
            result = [f'{x:.12g}' for x in result]
        elif isinstance(result, float):
            result = f'{result:.12g}'
        print(function.__name__, args, result)
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error)


for z in (1 + 2j, -1, 0, 0.5j, -2.5 - 0.1j, 3):
    for name in ('sqrt', 'exp', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'asin', 'acos', 'atan', 'asinh', 'acosh', 'atanh', 'log',
                 'log10', 'phase', 'polar', 'isfinite', 'isinf', 'isnan'):
        show(getattr(cmath, name), z)
show(cmath.exp, 1000)
show(cmath.atanh, 1)
show(cmath.log, 8, 2)
show(cmath.rect, 2, cmath.pi / 2)
show(cmath.isclose, 1 + 1j, 1 + 1.0000000001j)
show(cmath.sqrt, 'a')
show(cmath.sqrt, float('inf'))
print(cmath.pi, cmath.e, cmath.tau, cmath.inf, cmath.infj, cmath.nan)
