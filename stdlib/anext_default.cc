// anext_default.cc: the awaitable of `anext(iterator, default)`: it drives the iterator of the
// inner awaitable, and turns StopAsyncIteration into StopIteration(default).
#include "stdlib/anext_default.h"

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/generator.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

struct AnextDefault : Object {
  Slot awaitable, default_value;
};

void TraceAnext(Object* object, Marker& marker) {
  marker.Visit(static_cast<AnextDefault*>(object)->awaitable);
  marker.Visit(static_cast<AnextDefault*>(object)->default_value);
}

AnextDefault* Self(Args args) { return args[0].As<AnextDefault>(); }

// The iterator that `await` would drive.
Result<Value> InnerIterator(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, AwaitIterator(thread, Self(args)->awaitable.Load()));
  if (!IsKind(iterator, kKindCoroutine)) return iterator;
  return CallSpecial(thread, iterator, Special::kAwait);
}

Result<Value> Finish(Thread& thread, Args args, Result<Value> result) {
  if (result.ok() || !thread.ExceptionMatches(TypeId::kStopAsyncIteration)) return result;
  thread.ClearException();
  return thread.RaiseWith(TypeId::kStopIteration, Self(args)->default_value.Load());
}

Result<Value> AnextSelf(Thread&, Args args) { return args[0]; }

Result<Value> AnextNext(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, InnerIterator(thread, args));
  return Finish(thread, args, CallMethod(thread, iterator, NameOf(Special::kNext)));
}

Result<Value> Forward(Thread& thread, Args args, Name method) {
  GILA_TRY(const Value iterator, InnerIterator(thread, args));
  return Finish(thread, args, CallMethod(thread, iterator, NameOf(method), args.rest()));
}
Result<Value> AnextSend(Thread& thread, Args args) { return Forward(thread, args, Name::kSend); }
Result<Value> AnextThrow(Thread& thread, Args args) { return Forward(thread, args, Name::kThrow); }
Result<Value> AnextClose(Thread& thread, Args args) { return Forward(thread, args, Name::kClose); }

const NativeDef kMethods[] = {
    {"__await__", AnextSelf, "(self, /)", "Return an iterator to be used in await expression."},
    {"__iter__", AnextSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", AnextNext, "(self, /)", "Implement next(self)."},
    {"send", AnextSend, "(self, /, *args)", nullptr},
    {"throw", AnextThrow, "(self, /, *args)", nullptr},
    {"close", AnextClose, "(self, /, *args)", nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};
const TypeSpec kSpec = {.methods = kMethods, .native_size = sizeof(AnextDefault)};

Type* anext_type = nullptr;

}  // namespace

Result<Value> NewAnextWithDefault(Thread& thread, Value awaitable, Value default_value) {
  if (anext_type == nullptr) {
    const uint8_t kind = RegisterKind({"anext_awaitable", TraceAnext, nullptr});
    GILA_TRY(anext_type, NewNativeType(thread, kSpec, "anext_awaitable", nullptr,
                                       static_cast<Kind>(kind), sizeof(AnextDefault), kPlain));
    heap::AddRoot(reinterpret_cast<Object**>(&anext_type));
  }
  GILA_TRY(Object* const object, AllocateInstance(thread, anext_type));
  static_cast<AnextDefault*>(object)->awaitable.Init(awaitable);
  static_cast<AnextDefault*>(object)->default_value.Init(default_value);
  return object;
}

}  // namespace gila
