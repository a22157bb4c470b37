// complex.cc: arithmetic, hash and text of complex numbers. Products, quotients and powers follow
// the textbook forms on two doubles that CPython uses (no special treatment of infinities), so that
// results agree to the last digit. The methods are in complex_methods.cc.
#include <cmath>

#include "absl/strings/str_cat.h"
#include "runtime/protocols.h"
#include "runtime/types/float.h"

namespace gila {

namespace {

ComplexPair Product(ComplexPair a, ComplexPair b) {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

// a to a whole power, by squaring. False: division by zero.
bool WholePower(ComplexPair a, int64_t exponent, ComplexPair* result) {
  ComplexPair power{1.0, 0.0}, factor = a;
  const int64_t count = exponent < 0 ? -exponent : exponent;
  for (int64_t mask = 1; mask <= count; mask <<= 1) {
    if (count & mask) power = Product(power, factor);
    factor = Product(factor, factor);
  }
  if (exponent > 0) {
    *result = power;
    return true;
  }
  return ComplexQuotient({1.0, 0.0}, power, result);
}

// Through polar form. False: zero to a negative or complex power.
bool PolarPower(ComplexPair a, ComplexPair b, ComplexPair* result) {
  if (a.real == 0.0 && a.imag == 0.0) {
    *result = {0.0, 0.0};
    return b.imag == 0.0 && b.real >= 0.0;
  }
  const double modulus = std::hypot(a.real, a.imag);
  const double angle = std::atan2(a.imag, a.real);
  double length = std::pow(modulus, b.real);
  double phase = angle * b.real;
  if (b.imag != 0.0) {
    length /= std::exp(angle * b.imag);
    phase += b.imag * std::log(modulus);
  }
  *result = {length * std::cos(phase), length * std::sin(phase)};
  return true;
}

}  // namespace

// Smith's method: divides by the larger part first, so that nothing overflows on the way.
bool ComplexQuotient(ComplexPair a, ComplexPair b, ComplexPair* quotient) {
  const double real = std::fabs(b.real), imag = std::fabs(b.imag);
  if (real >= imag) {
    if (real == 0.0) return false;
    const double ratio = b.imag / b.real;
    const double denominator = b.real + b.imag * ratio;
    *quotient = {(a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator};
  } else if (imag >= real) {
    const double ratio = b.real / b.imag;
    const double denominator = b.real * ratio + b.imag;
    *quotient = {(a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator};
  } else {
    *quotient = {NAN, NAN};
  }
  return true;
}

Result<Value> ComplexPower(Thread& thread, ComplexPair a, ComplexPair b) {
  ComplexPair result;
  bool defined = true;
  if (b.imag == 0.0 && b.real == std::floor(b.real) && std::fabs(b.real) <= 100.0) {
    defined = WholePower(a, static_cast<int64_t>(b.real), &result);
  } else {
    defined = PolarPower(a, b, &result);
  }
  if (!defined)
    return thread.Raise(TypeId::kZeroDivisionError, "0.0 to a negative or complex power");
  if (std::isinf(result.real) || std::isinf(result.imag))
    return thread.Raise(TypeId::kOverflowError, "complex exponentiation");
  return NewComplex(thread, result.real, result.imag);
}

Result<Value> ComplexBinary(Thread& thread, BinaryOp op, ComplexPair a, ComplexPair b) {
  switch (op) {
    case BinaryOp::kAdd:
      return NewComplex(thread, a.real + b.real, a.imag + b.imag);
    case BinaryOp::kSub:
      return NewComplex(thread, a.real - b.real, a.imag - b.imag);
    case BinaryOp::kMul: {
      const ComplexPair product = Product(a, b);
      return NewComplex(thread, product.real, product.imag);
    }
    case BinaryOp::kTrueDiv: {
      ComplexPair quotient;
      if (!ComplexQuotient(a, b, &quotient))
        return thread.Raise(TypeId::kZeroDivisionError, "complex division by zero");
      return NewComplex(thread, quotient.real, quotient.imag);
    }
    case BinaryOp::kPow:
      return ComplexPower(thread, a, b);
    default:
      return kNotImplemented;
  }
}

int64_t ComplexHash(Value v) {
  const Complex* z = v.As<Complex>();
  const auto real = static_cast<uint64_t>(FloatHash(z->real, z));
  const auto imag = static_cast<uint64_t>(FloatHash(z->imag, z));
  const auto hash = static_cast<int64_t>(real + 1000003 * imag);
  return hash == -1 ? -2 : hash;
}

std::string ComplexRepr(ComplexPair z) {
  const auto part = [](double d) {
    std::string text = FloatRepr(d);
    if (text.size() > 2 && text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
  };
  if (z.real == 0.0 && !std::signbit(z.real)) return absl::StrCat(part(z.imag), "j");
  const std::string imag = part(z.imag);
  return absl::StrCat("(", part(z.real), imag[0] == '-' ? "" : "+", imag, "j)");
}

}  // namespace gila
