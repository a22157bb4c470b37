// int_internal.h: what the files of int share: raw allocation and normalising.
#ifndef GILA_RUNTIME_TYPES_INT_INTERNAL_H_
#define GILA_RUNTIME_TYPES_INT_INTERNAL_H_

#include "runtime/types/int.h"

namespace gila {

// An exact Int with room for `limbs` limbs, size not yet set; give it to NormalizeInt before
// anybody sees it.
Result<Int*> AllocateInt(Thread& thread, int64_t limbs) GILA_ATTACHED;
// Drops leading zero limbs and sets the size; the small int instead when the number fits one.
Value NormalizeInt(Int* number, int64_t limbs, bool negative);
Result<Value> NewIntFromMagnitude(Thread& thread, uint64_t magnitude, bool negative) GILA_ATTACHED;
Result<Value> NewIntFrom128(Thread& thread, __int128 i) GILA_ATTACHED;
// The correctly rounded quotient of two ints. ZeroDivisionError, OverflowError.
Result<Value> IntTrueDivide(Thread& thread, Value a, Value b) GILA_ATTACHED;
Result<Value> IntLeftShift(Thread& thread, Value a, Value b) GILA_ATTACHED;
Result<Value> IntRightShift(Thread& thread, Value a, Value b) GILA_ATTACHED;
// Sets up an instance of a subclass (or returns the plain int for int itself).
Result<Value> NewIntOfType(Thread& thread, Type* type, Value plain) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_INT_INTERNAL_H_
