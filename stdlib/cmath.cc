// cmath.cc: the module cmath: functions of complex numbers, on those of the C library, with
// Python's errors: a result that is infinite or undefined where the argument is finite raises.
#include <cmath>

#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

// The C library's; C++ headers hide them behind std::complex.
extern "C" {
_Complex double csqrt(_Complex double z);
_Complex double cexp(_Complex double z);
_Complex double clog(_Complex double z);
_Complex double csin(_Complex double z);
_Complex double ccos(_Complex double z);
_Complex double ctan(_Complex double z);
_Complex double csinh(_Complex double z);
_Complex double ccosh(_Complex double z);
_Complex double ctanh(_Complex double z);
_Complex double casin(_Complex double z);
_Complex double cacos(_Complex double z);
_Complex double casinh(_Complex double z);
_Complex double cacosh(_Complex double z);
_Complex double catan(_Complex double z);
_Complex double catanh(_Complex double z);
}

namespace gila {

namespace {

using Pair = ComplexPair;

Result<Pair> ToComplex(Thread& thread, Value v) {
  if (IsComplex(v)) return ComplexValue(v);
  if (!LookupSpecial(thread, TypeOf(v), Special::kComplex).IsUnbound()) {
    GILA_TRY(const Value made, CallSpecial(thread, v, Special::kComplex));
    if (IsComplex(made)) return ComplexValue(made);
  }
  GILA_TRY(const double real, ToDouble(thread, v));
  return Pair{real, 0.0};
}

bool Finite(Pair z) { return std::isfinite(z.real) && std::isfinite(z.imag); }
bool HasNan(Pair z) { return std::isnan(z.real) || std::isnan(z.imag); }
bool HasInf(Pair z) { return std::isinf(z.real) || std::isinf(z.imag); }

_Complex double Pack(Pair z) {
  _Complex double c;
  __real__ c = z.real;
  __imag__ c = z.imag;
  return c;
}
Pair Unpack(_Complex double c) { return {__real__ c, __imag__ c}; }

Result<Value> Finish(Thread& thread, Pair z, Pair result) {
  if (Finite(z) && HasNan(result)) return thread.RaiseValueError("math domain error");
  if (Finite(z) && HasInf(result)) return thread.Raise(TypeId::kOverflowError, "math range error");
  return NewComplex(thread, result.real, result.imag);
}

template <_Complex double (*function)(_Complex double)>
Result<Value> Plain(Thread& thread, Args args) {
  GILA_TRY(const Pair z, ToComplex(thread, args[0]));
  return Finish(thread, z, Unpack(function(Pack(z))));
}

// These have no finite values where they turn infinite: a domain error, not a range error.
template <_Complex double (*function)(_Complex double)>
Result<Value> WithPoles(Thread& thread, Args args) {
  GILA_TRY(const Pair z, ToComplex(thread, args[0]));
  const Pair result = Unpack(function(Pack(z)));
  if (Finite(z) && (HasNan(result) || HasInf(result)))
    return thread.RaiseValueError("math domain error");
  return NewComplex(thread, result.real, result.imag);
}

Result<Pair> LogOf(Thread& thread, Value v) {
  GILA_TRY(const Pair z, ToComplex(thread, v));
  if (z.real == 0 && z.imag == 0) return thread.RaiseValueError("math domain error");
  return Unpack(clog(Pack(z)));
}

Result<Value> Log(Thread& thread, Args args) {
  GILA_TRY(const Pair z, LogOf(thread, args[0]));
  if (!args.Has(1)) return NewComplex(thread, z.real, z.imag);
  GILA_TRY(const Pair base, LogOf(thread, args[1]));
  Pair quotient;
  if (!ComplexQuotient(z, base, &quotient)) return thread.RaiseValueError("math domain error");
  return NewComplex(thread, quotient.real, quotient.imag);
}

Result<Value> Log10(Thread& thread, Args args) {
  GILA_TRY(const Pair z, LogOf(thread, args[0]));
  return NewComplex(thread, z.real / M_LN10, z.imag / M_LN10);
}

Result<Value> Phase(Thread& thread, Args args) {
  GILA_TRY(const Pair z, ToComplex(thread, args[0]));
  return NewFloat(thread, std::atan2(z.imag, z.real));
}

Result<Value> Polar(Thread& thread, Args args) {
  GILA_TRY(const Pair z, ToComplex(thread, args[0]));
  const double radius = std::hypot(z.real, z.imag);
  if (std::isinf(radius) && Finite(z))
    return thread.Raise(TypeId::kOverflowError, "math range error");
  GILA_TRY(const Value r, NewFloat(thread, radius));
  GILA_TRY(const Value phi, NewFloat(thread, std::atan2(z.imag, z.real)));
  const Value both[] = {r, phi};
  return NewTuple(thread, both);
}

Result<Value> Rect(Thread& thread, Args args) {
  GILA_TRY(const double r, ToDouble(thread, args[0]));
  GILA_TRY(const double phi, ToDouble(thread, args[1]));
  if (std::isinf(phi) && r != 0 && !std::isnan(r))
    return thread.RaiseValueError("math domain error");
  if (r == 0 && !std::isfinite(phi)) return NewComplex(thread, 0.0, 0.0);
  if (std::isinf(r) && std::isnan(phi)) return NewComplex(thread, std::fabs(r), phi);
  // No angle, no imaginary part: also of infinities and NaN.
  if (phi == 0) {
    const double sign = std::isfinite(r) ? r : std::isnan(r) ? 1.0 : std::copysign(1.0, r);
    return NewComplex(thread, r, sign * phi);
  }
  return NewComplex(thread, r * std::cos(phi), r * std::sin(phi));
}

Result<Value> IsFinite(Thread& thread, Args args) {
  GILA_TRY(const Pair z, ToComplex(thread, args[0]));
  return Value::Bool(Finite(z));
}
Result<Value> IsInf(Thread& thread, Args args) {
  GILA_TRY(const Pair z, ToComplex(thread, args[0]));
  return Value::Bool(HasInf(z));
}
Result<Value> IsNan(Thread& thread, Args args) {
  GILA_TRY(const Pair z, ToComplex(thread, args[0]));
  return Value::Bool(HasNan(z));
}

Result<Value> IsClose(Thread& thread, Args args) {
  GILA_TRY(const Pair a, ToComplex(thread, args[0]));
  GILA_TRY(const Pair b, ToComplex(thread, args[1]));
  double relative = 1e-9, absolute = 0;
  if (args.Has(2)) {
    GILA_TRY(relative, ToDouble(thread, args[2]));
  }
  if (args.Has(3)) {
    GILA_TRY(absolute, ToDouble(thread, args[3]));
  }
  if (relative < 0 || absolute < 0)
    return thread.RaiseValueError("tolerances must be non-negative");
  if (a.real == b.real && a.imag == b.imag) return kTrue;
  if (HasInf(a) || HasInf(b)) return kFalse;
  const double distance = std::hypot(a.real - b.real, a.imag - b.imag);
  return Value::Bool(distance <= relative * std::hypot(b.real, b.imag) ||
                     distance <= relative * std::hypot(a.real, a.imag) || distance <= absolute);
}

// At an infinite angle there is no direction: a domain error, unless the real part is one that
// makes up for it. `rotated`: the angle is the real part.
enum class Angles : uint8_t { kExp, kHyperbolic, kTangent };
template <_Complex double (*function)(_Complex double), Angles angles, bool rotated>
Result<Value> OfAngle(Thread& thread, Args args) {
  GILA_TRY(const Pair z, ToComplex(thread, args[0]));
  const double angle = rotated ? z.real : z.imag, other = rotated ? z.imag : z.real;
  const bool outside = angles == Angles::kExp          ? std::isfinite(other) || other > 0
                       : angles == Angles::kHyperbolic ? !std::isnan(other)
                                                       : std::isfinite(other);
  if (std::isinf(angle) && outside) return thread.RaiseValueError("math domain error");
  if (angles == Angles::kTangent && std::isnan(angle) && other == 0)
    return NewComplex(thread, angle, angle);
  return Finish(thread, z, Unpack(function(Pack(z))));
}

// At an imaginary NaN the C library knows the angle on the imaginary axis, CPython does not.
_Complex double Acosh(_Complex double z) {
  if (__real__ z == 0 && std::isnan(__imag__ z)) return Pack({__imag__ z, __imag__ z});
  return cacosh(z);
}

#define GILA_PLAIN(name, function, doc) {name, Plain<function>, "(z, /)", doc}
constexpr NativeDef kFunctions[] = {
    GILA_PLAIN("sqrt", csqrt, "The square root."),
    {"exp", OfAngle<cexp, Angles::kExp, false>, "(z, /)", "e raised to the power z."},
    {"sin", OfAngle<csin, Angles::kHyperbolic, true>, "(z, /)", "The sine."},
    {"cos", OfAngle<ccos, Angles::kHyperbolic, true>, "(z, /)", "The cosine."},
    {"tan", OfAngle<ctan, Angles::kTangent, true>, "(z, /)", "The tangent."},
    {"sinh", OfAngle<csinh, Angles::kHyperbolic, false>, "(z, /)", "The hyperbolic sine."},
    {"cosh", OfAngle<ccosh, Angles::kHyperbolic, false>, "(z, /)", "The hyperbolic cosine."},
    {"tanh", OfAngle<ctanh, Angles::kTangent, false>, "(z, /)", "The hyperbolic tangent."},
    GILA_PLAIN("asin", casin, "The arc sine."),
    GILA_PLAIN("acos", cacos, "The arc cosine."),
    GILA_PLAIN("asinh", casinh, "The inverse hyperbolic sine."),
    GILA_PLAIN("acosh", Acosh, "The inverse hyperbolic cosine."),
    {"atan", WithPoles<catan>, "(z, /)", "The arc tangent."},
    {"atanh", WithPoles<catanh>, "(z, /)", "The inverse hyperbolic tangent."},
    {"log", Log, "(z, base=<unrepresentable>, /)", "The logarithm, natural or to a base."},
    {"log10", Log10, "(z, /)", "The logarithm to base 10."},
    {"phase", Phase, "(z, /)", "The argument: the angle to the real axis."},
    {"polar", Polar, "(z, /)", "Distance from 0 and angle."},
    {"rect", Rect, "(r, phi, /)", "The number at that distance and angle."},
    {"isfinite", IsFinite, "(z, /)", "Are both parts finite?"},
    {"isinf", IsInf, "(z, /)", "Is a part infinite?"},
    {"isnan", IsNan, "(z, /)", "Is a part not a number?"},
    {"isclose", IsClose, "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
     "Are two numbers close to each other?"},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitCmathModule(Thread& thread, Module* module) {
  const double inf = HUGE_VAL, nan = std::nan("");
  const struct {
    const char* name;
    Pair value;
    bool is_complex;
  } constants[] = {{"pi", {M_PI, 0}, false},      {"e", {M_E, 0}, false},
                   {"tau", {2 * M_PI, 0}, false}, {"inf", {inf, 0}, false},
                   {"nan", {nan, 0}, false},      {"infj", {0, inf}, true},
                   {"nanj", {0, nan}, true}};
  for (const auto& constant : constants) {
    Value value;
    if (constant.is_complex) {
      GILA_TRY(value, NewComplex(thread, constant.value.real, constant.value.imag));
    } else {
      GILA_TRY(value, NewFloat(thread, constant.value.real));
    }
    GILA_TRY_VOID(AddValue(thread, module, constant.name, value));
  }
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
