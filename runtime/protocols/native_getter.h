// native_getter.h: data descriptors whose __get__ is C++ code. Their kinds register a getter here,
// which the interpreter calls straight once it has learnt what an attribute is
// (vm/slow_attributes.cc). The getter does what `__get__(object, type(object))` does.
#ifndef GILA_RUNTIME_PROTOCOLS_NATIVE_GETTER_H_
#define GILA_RUNTIME_PROTOCOLS_NATIVE_GETTER_H_

#include <array>

#include "runtime/object.h"
#include "runtime/thread.h"

namespace gila {

using NativeGetter = Result<Value> (*)(Thread& thread, Object* descriptor, Value object);
// By kind; null for kinds that are none. Filled while types are made.
extern constinit std::array<NativeGetter, 256> native_getters;

}  // namespace gila

#endif  // GILA_RUNTIME_PROTOCOLS_NATIVE_GETTER_H_
