// math_internal.h: what the files of the math module share.
#ifndef GILA_STDLIB_MATH_INTERNAL_H_
#define GILA_STDLIB_MATH_INTERNAL_H_

#include "runtime/native.h"

namespace gila {

// comb, factorial, gcd, isqrt, lcm, perm (math_integer.cc).
extern const NativeDef kMathIntegerFunctions[];
// dist, fsum, hypot, prod (math_sums.cc).
extern const NativeDef kMathSumFunctions[];

// The gamma function and the logarithm of its magnitude (math_gamma.cc). NaN for a pole or -inf
// where the argument is no NaN means a domain error, an infinity a range error.
double GammaFunction(double x);
double LogGamma(double x);

}  // namespace gila

#endif  // GILA_STDLIB_MATH_INTERNAL_H_
