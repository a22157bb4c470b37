// float.h: doubles. Those with common exponents are the value word itself; huge, tiny, infinite and
// NaN ones are boxed.
#ifndef GILA_RUNTIME_TYPES_FLOAT_H_
#define GILA_RUNTIME_TYPES_FLOAT_H_

#include <string>
#include <string_view>

#include "runtime/heap/heap.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// A boxed double, and the layout of instances of subclasses of float.
struct Float : Object {
  static constexpr Kind kKind = kKindFloat;
  double value;
};
struct Complex : Object {
  static constexpr Kind kKind = kKindComplex;
  double real, imag;
};

Value NewBoxedFloat(Thread& thread, double d)
    GILA_ATTACHED;  // aborts never: falls back on preallocated inf/nan, else raises
GILA_ALWAYS_INLINE Result<Value> NewFloat(Thread& thread, double d) GILA_ATTACHED {
  Value v;
  if (GILA_LIKELY(Value::TryDouble(d, &v))) return v;
  return NewBoxedFloat(thread, d);
}
Result<Value> NewComplex(Thread& thread, double real, double imag) GILA_ATTACHED;

// A float or an instance of a subclass.
inline bool IsFloat(Value v) { return v.IsDouble() || IsKind(v, kKindFloat); }
inline double FloatValue(Value v) { return v.IsDouble() ? v.AsDouble() : v.As<Float>()->value; }

std::string FloatRepr(double d);  // shortest digits that read back, as repr()
int64_t FloatHash(double d, const void* identity_for_nan);
// float(text): ValueError "could not convert string to float: 'x'".
Result<double> ParseFloat(Thread& thread, Value str_or_bytes) GILA_ATTACHED;
// Python's // and % on doubles. The divisor is not zero.
double FloatFloorDiv(double a, double b);
double FloatMod(double a, double b);
Result<Value> FloatPower(Thread& thread, double a, double b) GILA_ATTACHED;
// + - * / // % ** divmod on doubles, with the errors. kNotImplemented for the other operators.
enum class BinaryOp : uint8_t;
Result<Value> FloatBinary(Thread& thread, BinaryOp op, double a, double b) GILA_ATTACHED;
// Exactly a float (no subclass).
inline bool IsExactFloat(Value v) { return v.IsDouble() || IsExactly(v, TypeId::kFloat); }

inline bool IsComplex(Value v) { return IsKind(v, kKindComplex); }
struct ComplexPair {
  double real, imag;
};
inline ComplexPair ComplexValue(Value v) { return {v.As<Complex>()->real, v.As<Complex>()->imag}; }
Result<Value> ComplexPower(Thread& thread, ComplexPair a, ComplexPair b) GILA_ATTACHED;
// + - * / **; kNotImplemented for the other operators.
Result<Value> ComplexBinary(Thread& thread, BinaryOp op, ComplexPair a,
                            ComplexPair b) GILA_ATTACHED;
// The quotient; false when the divisor is zero.
bool ComplexQuotient(ComplexPair a, ComplexPair b, ComplexPair* quotient);
int64_t ComplexHash(Value v);
std::string ComplexRepr(ComplexPair z);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_FLOAT_H_
