// math.cc: the math module: constants and the functions of real numbers. Counting is in
// math_integer.cc, sums and vectors are in math_sums.cc, gamma in math_gamma.cc.
//
// Errors follow from the result, not from errno: a NaN out of numbers is a domain error, an
// infinity out of finite numbers a range error where the function can overflow and a domain error
// else.
#include <cfloat>
#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "runtime/protocols.h"
#include "runtime/protocols/special_call.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/math_internal.h"

namespace gila {

namespace {

constexpr double kPi = 3.141592653589793238462643383279502884197;

Failed RaiseDomain(Thread& thread) { return thread.RaiseValueError("math domain error"); }
Failed RaiseRange(Thread& thread) {
  return thread.Raise(TypeId::kOverflowError, "math range error");
}

using Function1 = double (*)(double);
using Function2 = double (*)(double, double);

Result<Value> Finish(Thread& thread, double result, bool finite_input, bool nan_input,
                     bool can_overflow) {
  if (GILA_UNLIKELY(!std::isfinite(result))) {
    if (std::isnan(result) && !nan_input) return RaiseDomain(thread);
    if (std::isinf(result) && finite_input)
      return can_overflow ? RaiseRange(thread) : RaiseDomain(thread);
  }
  return NewFloat(thread, result);
}

enum Overflow { kNeverOverflows, kOverflows };

template <Function1 function, Overflow overflow>
Result<Value> Real(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  return Finish(thread, function(x), std::isfinite(x), std::isnan(x), overflow == kOverflows);
}

template <Function2 function>
Result<Value> Real2(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  GILA_TRY(const double y, ToDouble(thread, args[1]));
  return Finish(thread, function(x, y), std::isfinite(x) && std::isfinite(y),
                std::isnan(x) || std::isnan(y), true);
}

double Degrees(double x) { return x * (180.0 / kPi); }
double Radians(double x) { return x * (kPi / 180.0); }

// Every result but a NaN or infinity out of nowhere is fine.
template <Function1 function>
Result<Value> Plain(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  return NewFloat(thread, function(x));
}
template <Function2 function>
Result<Value> Plain2(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  GILA_TRY(const double y, ToDouble(thread, args[1]));
  return NewFloat(thread, function(x, y));
}

Result<Value> Gamma(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  return Finish(thread, GammaFunction(x), std::isfinite(x), std::isnan(x), true);
}
Result<Value> Lgamma(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  return Finish(thread, LogGamma(x), std::isfinite(x), std::isnan(x), true);
}

// --- logarithms: ints may be larger than any double ---

Result<double> LogOf(Thread& thread, Value v, Function1 function) {
  if (IsInt(v)) {
    if (IntSign(v) <= 0) return RaiseDomain(thread);
    if (IntBitLength(v) > 1020) {
      const MpzView view(v);
      long exponent;
      const double fraction = mpz_get_d_2exp(&exponent, view.z);
      return function(fraction) + function(2.0) * static_cast<double>(exponent);
    }
  }
  GILA_TRY(const double x, ToDouble(thread, v));
  if (x <= 0.0) return RaiseDomain(thread);
  return function(x);  // NaN and infinity are themselves
}

Result<Value> Log(Thread& thread, Args args) {
  GILA_TRY(const double x, LogOf(thread, args[0], std::log));
  if (!args.Has(1)) return NewFloat(thread, x);
  GILA_TRY(const double base, LogOf(thread, args[1], std::log));
  if (base == 0.0) return thread.Raise(TypeId::kZeroDivisionError, "float division by zero");
  return NewFloat(thread, x / base);
}
Result<Value> Log2(Thread& thread, Args args) {
  GILA_TRY(const double x, LogOf(thread, args[0], std::log2));
  return NewFloat(thread, x);
}
Result<Value> Log10(Thread& thread, Args args) {
  GILA_TRY(const double x, LogOf(thread, args[0], std::log10));
  return NewFloat(thread, x);
}

// --- to an int ---

// floor, ceil: the method of the type, or the float nearest to the ground.
Result<Value> RoundBy(Thread& thread, Value v, Special special, Function1 function) {
  if (IsExactInt(v)) return v;
  if (!IsExactFloat(v)) {
    const Value method = LookupSpecial(thread, TypeOf(v), special);
    if (!method.IsUnbound()) return CallUnbound1(thread, method, v);
  }
  GILA_TRY(const double x, ToDouble(thread, v));
  return NewIntFromDouble(thread, function(x));
}
Result<Value> Floor(Thread& thread, Args args) {
  return RoundBy(thread, args[0], Special::kFloor, std::floor);
}
Result<Value> Ceil(Thread& thread, Args args) {
  return RoundBy(thread, args[0], Special::kCeil, std::ceil);
}
Result<Value> Trunc(Thread& thread, Args args) {
  const Value v = args[0];
  if (IsExactInt(v)) return v;
  if (IsExactFloat(v)) return NewIntFromDouble(thread, FloatValue(v));
  const Value method = LookupSpecial(thread, TypeOf(v), Special::kTrunc);
  if (!method.IsUnbound()) return CallUnbound1(thread, method, v);
  return thread.Raise(TypeId::kTypeError, absl::StrCat("type ", std::string(TypeNameOf(v)),
                                                       " doesn't define __trunc__ method"));
}

// --- taking doubles apart ---

Result<Value> Frexp(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  int exponent = 0;
  const double fraction = std::isfinite(x) && x != 0 ? std::frexp(x, &exponent) : x;
  GILA_TRY(const Value first, NewFloat(thread, fraction));
  const Value both[] = {first, Value::SmallInt(exponent)};
  return Result<Value>(NewTuple(thread, both));
}

Result<Value> Ldexp(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  if (!IsInt(args[1])) return thread.RaiseTypeError("Expected an int as second argument to ldexp.");
  if (x == 0.0 || !std::isfinite(x)) return NewFloat(thread, x);
  GILA_TRY(const int64_t exponent, ToIndexClipped(thread, args[1]));
  constexpr int64_t kEnough = 5000;  // beyond every exponent, normal and denormal
  const double result = std::ldexp(x, static_cast<int>(exponent > kEnough    ? kEnough
                                                       : exponent < -kEnough ? -kEnough
                                                                             : exponent));
  if (std::isinf(result)) return RaiseRange(thread);
  return NewFloat(thread, result);
}

Result<Value> Modf(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  double whole;
  const double fraction = std::modf(x, &whole);
  GILA_TRY(const Value first, NewFloat(thread, fraction));
  GILA_TRY(const Value second, NewFloat(thread, whole));
  const Value both[] = {first, second};
  return Result<Value>(NewTuple(thread, both));
}

Result<Value> Ulp(Thread& thread, Args args) {
  GILA_TRY(const double given, ToDouble(thread, args[0]));
  if (std::isnan(given)) return NewFloat(thread, given);
  const double x = std::fabs(given);
  if (std::isinf(x)) return NewFloat(thread, x);
  const double next = std::nextafter(x, std::numeric_limits<double>::infinity());
  if (std::isinf(next))
    return NewFloat(thread, x - std::nextafter(x, -std::numeric_limits<double>::infinity()));
  return NewFloat(thread, next - x);
}

// --- two arguments ---

Result<Value> Pow(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  GILA_TRY(const double y, ToDouble(thread, args[1]));
  const double result = std::pow(x, y);
  if (std::isfinite(x) && std::isfinite(y) && !std::isfinite(result)) {
    if (std::isnan(result) || x == 0.0) return RaiseDomain(thread);
    return RaiseRange(thread);
  }
  return NewFloat(thread, result);
}

Result<Value> Fmod(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  GILA_TRY(const double y, ToDouble(thread, args[1]));
  const double result = std::isinf(y) && std::isfinite(x) ? x : std::fmod(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) return RaiseDomain(thread);
  return NewFloat(thread, result);
}

Result<Value> IsClose(Thread& thread, Args args) {
  GILA_TRY(const double a, ToDouble(thread, args[0]));
  GILA_TRY(const double b, ToDouble(thread, args[1]));
  double relative = 1e-9, absolute = 0.0;
  if (args.Has(2)) {
    GILA_TRY(relative, ToDouble(thread, args[2]));
  }
  if (args.Has(3)) {
    GILA_TRY(absolute, ToDouble(thread, args[3]));
  }
  if (relative < 0.0 || absolute < 0.0)
    return thread.RaiseValueError("tolerances must be non-negative");
  if (a == b) return kTrue;
  if (std::isinf(a) || std::isinf(b)) return kFalse;
  const double difference = std::fabs(b - a);
  return Value::Bool(difference <= std::fabs(relative * b) ||
                     difference <= std::fabs(relative * a) || difference <= absolute);
}

template <bool (*test)(double)>
Result<Value> Test(Thread& thread, Args args) {
  GILA_TRY(const double x, ToDouble(thread, args[0]));
  return Value::Bool(test(x));
}
bool IsFinite(double x) { return std::isfinite(x); }
bool IsInf(double x) { return std::isinf(x); }
bool IsNan(double x) { return std::isnan(x); }

constexpr NativeDef kFunctions[] = {
    {"acos", Real<std::acos, kNeverOverflows>, "(x, /)", "The angle whose cosine is x."},
    {"acosh", Real<std::acosh, kNeverOverflows>, "(x, /)", "The inverse of cosh."},
    {"asin", Real<std::asin, kNeverOverflows>, "(x, /)", "The angle whose sine is x."},
    {"asinh", Real<std::asinh, kNeverOverflows>, "(x, /)", "The inverse of sinh."},
    {"atan", Real<std::atan, kNeverOverflows>, "(x, /)", "The angle whose tangent is x."},
    {"atan2", Plain2<std::atan2>, "(y, x, /)", "The angle of the point (x, y)."},
    {"atanh", Real<std::atanh, kNeverOverflows>, "(x, /)", "The inverse of tanh."},
    {"cbrt", Real<std::cbrt, kNeverOverflows>, "(x, /)", "The cube root."},
    {"ceil", Ceil, "(x, /)", "The least int that is not less than x."},
    {"copysign", Plain2<std::copysign>, "(x, y, /)", "The magnitude of x with the sign of y."},
    {"cos", Real<std::cos, kNeverOverflows>, "(x, /)", "The cosine of x radians."},
    {"cosh", Real<std::cosh, kOverflows>, "(x, /)", "The hyperbolic cosine."},
    {"degrees", Plain<Degrees>, "(x, /)", "Radians in degrees."},
    {"erf", Real<std::erf, kNeverOverflows>, "(x, /)", "The error function."},
    {"erfc", Real<std::erfc, kNeverOverflows>, "(x, /)", "1 - erf(x)."},
    {"exp", Real<std::exp, kOverflows>, "(x, /)", "e to the power x."},
    {"exp2", Real<std::exp2, kOverflows>, "(x, /)", "2 to the power x."},
    {"expm1", Real<std::expm1, kOverflows>, "(x, /)", "exp(x) - 1, exact for small x."},
    {"fabs", Real<std::fabs, kNeverOverflows>, "(x, /)", "The magnitude of x."},
    {"floor", Floor, "(x, /)", "The greatest int that is not greater than x."},
    {"fmod", Fmod, "(x, y, /)", "The remainder of C: it has the sign of x."},
    {"frexp", Frexp, "(x, /)", "The pair (m, e) with x == m * 2**e and 0.5 <= abs(m) < 1."},
    {"gamma", Gamma, "(x, /)", "The gamma function."},
    {"isclose", IsClose, "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
     "Are two floats close: within rel_tol of the greater magnitude, or within abs_tol?"},
    {"isfinite", Test<IsFinite>, "(x, /)", "Neither an infinity nor a NaN?"},
    {"isinf", Test<IsInf>, "(x, /)", "An infinity?"},
    {"isnan", Test<IsNan>, "(x, /)", "A NaN?"},
    {"ldexp", Ldexp, "(x, i, /)", "x * 2**i."},
    {"lgamma", Lgamma, "(x, /)", "The natural logarithm of abs(gamma(x))."},
    {"log", Log, "(x, base=e, /)", "The logarithm, natural or to a base."},
    {"log10", Log10, "(x, /)", "The logarithm to base 10."},
    {"log1p", Real<std::log1p, kNeverOverflows>, "(x, /)", "log(1 + x), exact for small x."},
    {"log2", Log2, "(x, /)", "The logarithm to base 2."},
    {"modf", Modf, "(x, /)", "The fractional and the integral part, both with the sign of x."},
    {"nextafter", Plain2<std::nextafter>, "(x, y, /)", "The next float from x towards y."},
    {"pow", Pow, "(x, y, /)", "x to the power y, as floats."},
    {"radians", Plain<Radians>, "(x, /)", "Degrees in radians."},
    {"remainder", Real2<std::remainder>, "(x, y, /)",
     "x - n*y for the int n nearest to x/y, half to even."},
    {"sin", Real<std::sin, kNeverOverflows>, "(x, /)", "The sine of x radians."},
    {"sinh", Real<std::sinh, kOverflows>, "(x, /)", "The hyperbolic sine."},
    {"sqrt", Real<std::sqrt, kNeverOverflows>, "(x, /)", "The square root."},
    {"tan", Real<std::tan, kNeverOverflows>, "(x, /)", "The tangent of x radians."},
    {"tanh", Real<std::tanh, kNeverOverflows>, "(x, /)", "The hyperbolic tangent."},
    {"trunc", Trunc, "(x, /)", "The int that is left when the fraction is cut off."},
    {"ulp", Ulp, "(x, /)", "The value of the least significant bit of x."},
    {}};

}  // namespace

Status InitMathModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddFunctions(thread, module, kFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, kMathIntegerFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, kMathSumFunctions));
  const struct {
    const char* name;
    double value;
  } constants[] = {{"pi", kPi},
                   {"e", 2.718281828459045235360287471352662497757},
                   {"tau", 2 * kPi},
                   {"inf", std::numeric_limits<double>::infinity()},
                   {"nan", std::numeric_limits<double>::quiet_NaN()}};
  for (const auto& constant : constants) {
    GILA_TRY(const Value value, NewFloat(thread, constant.value));
    GILA_TRY_VOID(AddValue(thread, module, constant.name, value));
  }
  return kOk;
}

}  // namespace gila
