// generator_internal.h: what the types of generators, coroutines and async generators share.
#ifndef GILA_RUNTIME_TYPES_GENERATOR_INTERNAL_H_
#define GILA_RUNTIME_TYPES_GENERATOR_INTERNAL_H_

#include "runtime/native.h"
#include "runtime/types/generator.h"

namespace gila {

// Room for the registers of a suspended frame. Those that the frame has not written yet hold what
// the register stack held there, so the collector trusts these words no more than the stack's.
Result<ValueArray*> NewSavedRegisters(Thread& thread, int64_t count) GILA_ATTACHED;
// Raises StopIteration(value), without an argument for None.
Failed RaiseStopIteration(Thread& thread, Value value) GILA_ATTACHED;
// As send(), throw() and __next__ answer: a yielded value, or StopIteration.
Result<Value> FinishSend(Thread& thread, SendResult outcome, Value result) GILA_ATTACHED;
// The exception that throw(type, value, traceback) means; `value` and `traceback` may be unbound.
Result<Value> ThrownException(Thread& thread, Value type, Value value,
                              Value traceback) GILA_ATTACHED;

extern const KindInfo kGeneratorKind;
Result<Value> GeneratorRepr(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> GeneratorDel(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ReturnSelf(Thread& thread, Args args) GILA_ATTACHED;

// Attributes that differ in their prefix only (gi_, cr_, ag_).
Result<Value> GetGeneratorFrame(Thread& thread, Value self) GILA_ATTACHED;
Result<Value> GetGeneratorRunning(Thread& thread, Value self) GILA_ATTACHED;
Result<Value> GetGeneratorSuspended(Thread& thread, Value self) GILA_ATTACHED;
Result<Value> GetGeneratorCode(Thread& thread, Value self) GILA_ATTACHED;
Result<Value> GetGeneratorDelegate(Thread& thread, Value self) GILA_ATTACHED;
Result<Value> GetGeneratorName(Thread& thread, Value self) GILA_ATTACHED;
Status SetGeneratorName(Thread& thread, Value self, Value value) GILA_ATTACHED;
Result<Value> GetGeneratorQualname(Thread& thread, Value self) GILA_ATTACHED;
Status SetGeneratorQualname(Thread& thread, Value self, Value value) GILA_ATTACHED;

// One step of what __anext__(), asend(), athrow() and aclose() gave (async_generator.cc).
// kReturned: *result is the item.
SendResult AsyncStep(Thread& thread, Value step, Value value, Value* result) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_GENERATOR_INTERNAL_H_
