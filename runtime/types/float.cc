// float.cc: the arithmetic and the hash of doubles where Python's differ from the machine's, and
// boxing of the doubles that do not tag themselves. The methods are in float_methods.cc; text is in
// runtime/text.
#include "runtime/types/float.h"

#include <bit>
#include <cmath>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/exception.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

Value NewBoxedFloat(Thread& thread, double d) {
  Result<Float*> boxed = Allocate<Float>(thread, TypeId::kFloat);
  if (GILA_UNLIKELY(!boxed.ok())) return kError;
  boxed.value()->value = d;
  return boxed.value();
}

Result<Value> NewComplex(Thread& thread, double real, double imag) {
  GILA_TRY(Complex * number, Allocate<Complex>(thread, TypeId::kComplex));
  number->real = real;
  number->imag = imag;
  return number;
}

// The number modulo 2^61 - 1, as for ints: a float and an int that are equal have equal hashes.
int64_t FloatHash(double d, const void* identity_for_nan) {
  constexpr int kBits = 61;
  constexpr uint64_t kModulus = (uint64_t{1} << kBits) - 1;
  if (GILA_UNLIKELY(!std::isfinite(d))) {
    if (std::isinf(d)) return d > 0 ? 314159 : -314159;
    const auto address = reinterpret_cast<uintptr_t>(identity_for_nan);
    const int64_t hash = static_cast<int64_t>(std::rotr(uint64_t{address}, 4));
    return hash == -1 ? -2 : hash;
  }
  int exponent;
  const double fraction = std::frexp(std::fabs(d), &exponent);
  // |d| = mantissa * 2^(exponent - 53); multiplying by a power of two rotates modulo 2^61 - 1.
  const uint64_t mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  const int rotate = ((exponent - 53) % kBits + kBits) % kBits;
  uint64_t hash = mantissa;
  if (rotate != 0) hash = ((mantissa << rotate) & kModulus) | (mantissa >> (kBits - rotate));
  if (hash == kModulus) hash = 0;
  const int64_t signed_hash = d < 0 ? -static_cast<int64_t>(hash) : static_cast<int64_t>(hash);
  return signed_hash == -1 ? -2 : signed_hash;
}

double FloatMod(double a, double b) {
  const double remainder = std::fmod(a, b);
  if (remainder != 0) return (b < 0) != (remainder < 0) ? remainder + b : remainder;
  return std::copysign(0.0, b);
}

double FloatFloorDiv(double a, double b) {
  double remainder = std::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder != 0 && (b < 0) != (remainder < 0)) quotient -= 1.0;
  if (quotient == 0) return std::copysign(0.0, a / b);
  double floored = std::floor(quotient);
  if (quotient - floored > 0.5) floored += 1.0;
  return floored;
}

namespace {

Failed RaiseRange(Thread& thread) {
  const Result<Str*> text = NewStr(thread, "Numerical result out of range");
  if (!text.ok()) return kFailed;
  const Value args[] = {Value::SmallInt(ERANGE), Value(text.value())};
  const Result<Value> exception = NewException(thread, TypeId::kOverflowError, args);
  if (!exception.ok()) return kFailed;
  return thread.RaiseObject(exception.value());
}

}  // namespace

Result<Value> FloatPower(Thread& thread, double a, double b) {
  if (b == 0 || a == 1.0) return NewFloat(thread, 1.0);
  if (std::isnan(a)) return NewFloat(thread, a);
  if (std::isnan(b)) return NewFloat(thread, b);
  if (a == 0.0 && b < 0.0 && std::isfinite(b))
    return thread.Raise(TypeId::kZeroDivisionError, "0.0 cannot be raised to a negative power");
  if (a < 0.0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b))
    return ComplexPower(thread, {a, 0.0}, {b, 0.0});
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b)) return RaiseRange(thread);
  return NewFloat(thread, result);
}

Result<Value> FloatBinary(Thread& thread, BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::kAdd:
      return NewFloat(thread, a + b);
    case BinaryOp::kSub:
      return NewFloat(thread, a - b);
    case BinaryOp::kMul:
      return NewFloat(thread, a * b);
    case BinaryOp::kTrueDiv:
      if (b == 0) return thread.Raise(TypeId::kZeroDivisionError, "float division by zero");
      return NewFloat(thread, a / b);
    case BinaryOp::kFloorDiv:
      if (b == 0) return thread.Raise(TypeId::kZeroDivisionError, "float floor division by zero");
      return NewFloat(thread, FloatFloorDiv(a, b));
    case BinaryOp::kMod:
      if (b == 0) return thread.Raise(TypeId::kZeroDivisionError, "float modulo");
      return NewFloat(thread, FloatMod(a, b));
    case BinaryOp::kPow:
      return FloatPower(thread, a, b);
    case BinaryOp::kDivMod: {
      if (b == 0) return thread.Raise(TypeId::kZeroDivisionError, "float divmod()");
      GILA_TRY(const Value quotient, NewFloat(thread, FloatFloorDiv(a, b)));
      GILA_TRY(const Value remainder, NewFloat(thread, FloatMod(a, b)));
      const Value both[] = {quotient, remainder};
      return Result<Value>(NewTuple(thread, both));
    }
    default:
      return kNotImplemented;
  }
}

}  // namespace gila
