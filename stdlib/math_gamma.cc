// math_gamma.cc: gamma and lgamma by Lanczos' approximation, with the 13 coefficients that Boost
// publishes for doubles (g = 6.0246800407767296). Written so that results agree with CPython's to
// the last digit.
#include <cmath>
#include <limits>

#include "stdlib/math_internal.h"

namespace gila {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kPi = 3.141592653589793238462643383279502884197;
constexpr double kLogPi = 1.144729885849400174143427351353058711647;
constexpr double kLanczosG = 6.024680040776729583740234375;
constexpr double kLanczosGMinusHalf = 5.524680040776729583740234375;

constexpr int kTerms = 13;
constexpr double kNumerator[kTerms] = {23531376880.410759688572007674451636754734846804940,
                                       42919803642.649098768957899047001988850926355848959,
                                       35711959237.355668049440185451547166705960488635843,
                                       17921034426.037209699919755754458931112671403265390,
                                       6039542586.3520280050642916443072979210699388420708,
                                       1439720407.3117216736632230727949123939715485786372,
                                       248874557.86205415651146038641322942321632125127801,
                                       31426415.585400194380614231628318205362874684987640,
                                       2876370.6289353724412254090516208496135991145378768,
                                       186056.26539522349504029498971604569928220784236328,
                                       8071.6720023658162106380029022722506138218516325024,
                                       210.82427775157934587250973392071336271166969580291,
                                       2.5066282746310002701649081771338373386264310793408};
// x (x + 1) ... (x + 11)
constexpr double kDenominator[kTerms] = {
    0.0,       39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
    2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0};

// The ratio of the two polynomials, x > 0; in powers of 1/x where x is large, so that nothing
// overflows.
double LanczosSum(double x) {
  double numerator = 0.0, denominator = 0.0;
  if (x < 5.0) {
    for (int i = kTerms - 1; i >= 0; --i) {
      numerator = numerator * x + kNumerator[i];
      denominator = denominator * x + kDenominator[i];
    }
  } else {
    for (int i = 0; i < kTerms; ++i) {
      numerator = numerator / x + kNumerator[i];
      denominator = denominator / x + kDenominator[i];
    }
  }
  return numerator / denominator;
}

// sin(pi * x), exact at multiples of one half.
double SinPi(double x) {
  const double y = std::fmod(std::fabs(x), 2.0);
  double result;
  switch (static_cast<int>(std::round(2.0 * y))) {
    case 0:
      result = std::sin(kPi * y);
      break;
    case 1:
      result = std::cos(kPi * (y - 0.5));
      break;
    case 2:  // not sin(pi * (y - 1)): keep the sign of a zero
      result = std::sin(kPi * (1.0 - y));
      break;
    case 3:
      result = -std::cos(kPi * (y - 1.5));
      break;
    default:
      result = std::sin(kPi * (y - 2.0));
      break;
  }
  return std::copysign(1.0, x) * result;
}

// gamma(1) to gamma(23) are exact doubles.
double SmallFactorial(int n) {
  double product = 1.0;
  for (int i = 2; i < n; ++i) product *= i;
  return product;
}

}  // namespace

double GammaFunction(double x) {
  if (!std::isfinite(x)) return std::isnan(x) || x > 0.0 ? x : std::nan("");
  if (x == 0.0) return std::nan("");
  if (x == std::floor(x)) {
    if (x < 0.0) return std::nan("");
    if (x <= 23.0) return SmallFactorial(static_cast<int>(x));
  }
  const double magnitude = std::fabs(x);
  if (magnitude < 1e-20) return 1.0 / x;
  if (magnitude > 200.0) return x < 0.0 ? 0.0 / SinPi(x) : kInfinity;

  const double y = magnitude + kLanczosGMinusHalf;
  // What the sum lost by rounding, to be corrected for in the power.
  double z;
  if (magnitude > kLanczosGMinusHalf) {
    const double q = y - magnitude;
    z = q - kLanczosGMinusHalf;
  } else {
    const double q = y - kLanczosGMinusHalf;
    z = q - magnitude;
  }
  z = z * kLanczosG / y;
  const bool split = magnitude >= 140.0;  // the power itself would overflow
  const double power = split ? std::pow(y, magnitude / 2.0 - 0.25) : std::pow(y, magnitude - 0.5);
  if (x < 0.0) {
    double result = -kPi / SinPi(magnitude) / magnitude * std::exp(y) / LanczosSum(magnitude);
    result -= z * result;
    result /= power;
    return split ? result / power : result;
  }
  double result = LanczosSum(magnitude) / std::exp(y);
  result += z * result;
  result *= power;
  return split ? result * power : result;
}

double LogGamma(double x) {
  if (!std::isfinite(x)) return std::isnan(x) ? x : kInfinity;
  if (x == std::floor(x) && x <= 2.0) return x <= 0.0 ? std::nan("") : 0.0;
  const double magnitude = std::fabs(x);
  if (magnitude < 1e-20) return -std::log(magnitude);
  double result = std::log(LanczosSum(magnitude)) - kLanczosG;
  result += (magnitude - 0.5) * (std::log(magnitude + kLanczosG - 0.5) - 1.0);
  if (x < 0.0)
    result = kLogPi - std::log(std::fabs(SinPi(magnitude))) - std::log(magnitude) - result;
  return result;
}

}  // namespace gila
