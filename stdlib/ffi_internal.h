// ffi_internal.h: what the two halves of the native _ffi share: a piece of C memory as an object.
//
// The classes that programs see are written in the language (lib/ctypes/); here are the memory
// (ffi_memory.cc) and the calls over libffi (ffi_calls.cc).
#ifndef GILA_STDLIB_FFI_INTERNAL_H_
#define GILA_STDLIB_FFI_INTERNAL_H_

#include "runtime/native.h"
#include "runtime/object.h"

namespace gila::ffi {

// `data` is memory of its own (owns), of the object in `owner`, or of somebody unknown (an address
// that the program gave). Its size changes only by resize(), which frees the old memory with the
// object.
struct Memory : Object {
  Atomic<uint8_t*> data;
  Atomic<int64_t> size;
  Atomic<int64_t> exports;
  Slot owner;             // keeps the memory alive when it is another's; unbound otherwise
  Atomic<uint8_t*> mine;  // what the finalizer frees
  Slot description;       // what a memoryview shows (ffi_memory.cc: Describe); unbound: bytes
};

// `v` as memory, or TypeError.
Result<Memory*> ToMemory(Thread& thread, Value v) GILA_ATTACHED;
// An int as an address; None is the null pointer. TypeError "integer expected".
Result<uint8_t*> ToAddress(Thread& thread, Value v) GILA_ATTACHED;
// An int of any size, cut to 64 bits as C does. TypeError of int's own words.
Result<uint64_t> ToBits(Thread& thread, Value v) GILA_ATTACHED;

extern const NativeDef kCallFunctions[];
Status AddCallTypes(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila::ffi

#endif  // GILA_STDLIB_FFI_INTERNAL_H_
