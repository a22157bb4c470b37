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

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_FLOAT_H_
