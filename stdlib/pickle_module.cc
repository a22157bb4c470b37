// pickle_module.cc: the native module _pickle: the exceptions, and the functions that need no
// Pickler or Unpickler object.
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "stdlib/native_support.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

Type *pickling_error = nullptr, *unpickling_error = nullptr;

Result<int> ReadProtocol(Thread& thread, Value v) {
  if (v.IsNone()) return kDefaultProtocol;
  GILA_TRY(const int64_t protocol, ToInt64(thread, v));
  if (protocol < 0) return kHighestProtocol;
  if (protocol > kHighestProtocol)
    return thread.RaiseValueError("pickle protocol must be <= %d", kHighestProtocol);
  return static_cast<int>(protocol);
}

namespace {

// What dump and dumps do, `write` unbound for dumps.
Result<Value> Write(Thread& thread, Value object, Value protocol_value, Value fix_value,
                    Value callback, Value write) {
  GILA_TRY(const int protocol, ReadProtocol(thread, protocol_value));
  GILA_TRY(const bool fix_imports, Truth(thread, fix_value));
  if (!callback.IsNone() && protocol < 5)
    return thread.RaiseValueError("buffer_callback needs protocol >= 5");
  GILA_TRY(List* const kept, NewList(thread));
  MemoTable memo;
  Saver saver(thread, protocol, fix_imports, &memo, kept);
  saver.write = write;
  saver.buffer_callback = callback;
  GILA_TRY_VOID(saver.Dump(object));
  return write.IsUnbound() ? saver.Bytes() : Result<Value>(gila::kNone);
}

Result<Value> Dump(Thread& thread, Args args) {
  GILA_TRY(const Value write, GetAttrOrUnbound(thread, args[1], Intern(thread, "write")));
  if (write.IsUnbound()) return thread.RaiseTypeError("file must have a 'write' attribute");
  return Write(thread, args[0], args.Or(2, gila::kNone), args.Or(3, kTrue), args.Or(4, gila::kNone),
               write);
}

Result<Value> Dumps(Thread& thread, Args args) {
  return Write(thread, args[0], args.Or(1, gila::kNone), args.Or(2, kTrue), args.Or(3, gila::kNone),
               kUnbound);
}

Result<Value> Loads(Thread& thread, Args args) {
  PinnedSource bytes;
  GILA_TRY_VOID(bytes.Read(thread, args[0]));
  Source source(thread);
  source.UseBytes(bytes.view());
  Loader loader(thread, source, nullptr);
  GILA_TRY(loader.fix_imports, Truth(thread, args.Or(1, kTrue)));
  loader.encoding = args.Or(2, kUnbound);
  loader.errors = args.Or(3, kUnbound);
  for (const Value text : {loader.encoding, loader.errors})
    if (!text.IsUnbound() && !IsStr(text))
      return thread.RaiseTypeError("encoding and errors must be str");
  loader.buffers = args.Or(4, gila::kNone);
  if (!loader.buffers.IsNone()) {
    GILA_TRY(loader.buffers, GetIter(thread, loader.buffers));
  }
  return loader.Load();
}

// By an Unpickler, which a file needs anyway.
Result<Value> Load(Thread& thread, Args args) {
  GILA_TRY(Tuple* const positional, NewTuple(thread, std::span<const Value>(args.data(), 1)));
  GILA_TRY(Dict* const named, NewDict(thread));
  static constexpr const char* kNames[] = {"fix_imports", "encoding", "errors", "buffers"};
  for (size_t i = 0; i < 4; ++i)
    if (args.Has(1 + i))
      GILA_TRY_VOID(DictSet(thread, named, Intern(thread, kNames[i]), args[1 + i]));
  GILA_TRY(const Value unpickler, CallWith(thread, unpickler_type, positional, named));
  return CallMethod(thread, unpickler, Intern(thread, "load"));
}

constexpr NativeDef kFunctions[] = {
    {"dump", Dump, "(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)",
     "Write the object to a binary file."},
    {"dumps", Dumps, "(obj, protocol=None, *, fix_imports=True, buffer_callback=None)",
     "The object as bytes."},
    {"load", Load, "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
     "The next object of a binary file."},
    {"loads", Loads,
     "(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
     "The object that the bytes hold."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace
}  // namespace gila::pickling

namespace gila {

Status InitPickleModule(Thread& thread, Module* module) {
  using namespace pickling;  // NOLINT
  GILA_TRY(Type* const base, AddExceptionClass(thread, module, "_pickle", "PickleError",
                                               GetType(TypeId::kException)));
  GILA_TRY(pickling_error, AddExceptionClass(thread, module, "_pickle", "PicklingError", base));
  GILA_TRY(unpickling_error, AddExceptionClass(thread, module, "_pickle", "UnpicklingError", base));
  GILA_TRY_VOID(AddPickleBuffer(thread, module));
  GILA_TRY_VOID(AddPickler(thread, module));
  GILA_TRY_VOID(AddUnpickler(thread, module));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
