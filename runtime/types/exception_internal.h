// exception_internal.h: what the files about exceptions share.
#ifndef GILA_RUNTIME_TYPES_EXCEPTION_INTERNAL_H_
#define GILA_RUNTIME_TYPES_EXCEPTION_INTERNAL_H_

#include <span>
#include <string>

#include "runtime/native.h"
#include "runtime/types/exception.h"

namespace gila {

extern const KindInfo kExceptionKindInfo;

// An instance of any exception class with `args` stored and nothing else known.
Result<Exception*> NewExceptionInstance(Thread& thread, Type* type,
                                        std::span<const Value> args) GILA_ATTACHED;
// What calling `type` comes to when it has the __new__ and __init__ of BaseException; unbound when
// not.
Result<Value> CallExceptionType(Thread& thread, Type* type,
                                std::span<const Value> args) GILA_ATTACHED;
// The built-in class from which exceptions of `type` have fields of their own; BaseException: none.
TypeId FieldsClass(const Type* type);
// What __reduce__ gives: the arguments that make such an exception, and its state.
Result<Value> ArgumentsForCopy(Thread& thread, Exception* e) GILA_ATTACHED;
Result<Value> StateForCopy(Thread& thread, Exception* e, Value attributes) GILA_ATTACHED;
// Fills Exception::extra from the arguments, as the class `fields` (FieldsClass of the type) wants
// it. `keywords` is a Dict or unbound.
Status FillExceptionFields(Thread& thread, Exception* e, TypeId fields, std::span<const Value> args,
                           Value keywords) GILA_ATTACHED;
// ImportError, NameError and AttributeError take name=, path=, obj=.
bool TakesKeywords(const Type* type);
// OSError has cut its args to two already.
bool KeepsOwnArguments(const Exception* e);

// What sys.unraisablehook shows below its first line: the traceback and the exception by itself.
std::string FormatUnraisable(Thread& thread, Value exception, bool colour) GILA_ATTACHED;

// Once the types are there: the preallocated MemoryError.
void InitExceptions(Thread& thread);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_EXCEPTION_INTERNAL_H_
