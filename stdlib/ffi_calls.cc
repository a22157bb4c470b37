// ffi_calls.cc: shared libraries, calls of C functions, and C functions that call back, over
// libffi.
//
// A C type is given to libffi as the address of its description (ffi_type), which is never freed:
// there are as many as the program has structures. A call is made detached, whatever the function:
// other threads run meanwhile. A callback attaches the thread that it comes on, and makes a thread
// record for one that Gila did not start.
#include <dlfcn.h>
#include <errno.h>
#include <ffi.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/ffi_internal.h"
#include "stdlib/native_support.h"

namespace gila::ffi {

namespace {

// --- libraries ---

Failed RaiseLinker(Thread& thread) {
  const char* const text = ::dlerror();
  return thread.Raise(TypeId::kOSError, text == nullptr ? "dlopen() error" : text);
}

// dlopen(name, mode): a handle. None names the program itself.
Result<Value> Open(Thread& thread, Args args) {
  std::string name;
  if (!args[0].IsNone()) {
    GILA_TRY(name, CopyBuffer(thread, args[0]));
  }
  GILA_TRY(const int64_t mode, ToInt64(thread, args[1]));
  void* handle = nullptr;
  {
    AllowThreads detached(thread, Blocked::kRead);
    handle = ::dlopen(args[0].IsNone() ? nullptr : name.c_str(), static_cast<int>(mode) | RTLD_NOW);
  }
  if (handle == nullptr) return RaiseLinker(thread);
  return NewIntFromUnsigned(thread, reinterpret_cast<uintptr_t>(handle));
}

// dlsym(handle, name): the address of a symbol.
Result<Value> Symbol(Thread& thread, Args args) {
  GILA_TRY(uint8_t* const handle, ToAddress(thread, args[0]));
  GILA_TRY(const std::string name, CopyBuffer(thread, args[1]));
  ::dlerror();
  void* const address = ::dlsym(handle, name.c_str());
  if (address == nullptr) return RaiseLinker(thread);
  return NewIntFromUnsigned(thread, reinterpret_cast<uintptr_t>(address));
}

Result<Value> CloseLibrary(Thread& thread, Args args) {
  GILA_TRY(uint8_t* const handle, ToAddress(thread, args[0]));
  if (::dlclose(handle) != 0) return RaiseLinker(thread);
  return kNone;
}

// --- types ---

// ffi_type(letter): the description of a simple type, 'v' for void.
ffi_type* TypeOfLetter(char letter) {
  switch (letter) {
    case 'v':
      return &ffi_type_void;
    case 'c':
    case 'B':
    case '?':
      return &ffi_type_uint8;
    case 'b':
      return &ffi_type_sint8;
    case 'h':
      return &ffi_type_sint16;
    case 'H':
      return &ffi_type_uint16;
    case 'i':
    case 'u':
      return &ffi_type_sint32;
    case 'I':
      return &ffi_type_uint32;
    case 'l':
    case 'q':
      return &ffi_type_sint64;
    case 'L':
    case 'Q':
      return &ffi_type_uint64;
    case 'f':
      return &ffi_type_float;
    case 'd':
      return &ffi_type_double;
    case 'g':
      return &ffi_type_longdouble;
    default:
      return &ffi_type_pointer;
  }
}

Result<Value> SimpleType(Thread& thread, Args args) {
  const std::string letter = IsStr(args[0]) ? ToUtf8(args[0]) : std::string();
  if (letter.size() != 1) return thread.RaiseTypeError("a letter of a simple type is required");
  return NewIntFromUnsigned(thread, reinterpret_cast<uintptr_t>(TypeOfLetter(letter[0])));
}

// The descriptions in a tuple of addresses.
Result<std::vector<ffi_type*>> TypesOf(Thread& thread, Value v) {
  if (!IsTuple(v)) return thread.RaiseTypeError("a tuple of types is required");
  const Tuple* const tuple = v.As<Tuple>();
  std::vector<ffi_type*> types;
  for (int64_t i = 0; i < tuple->length; ++i) {
    GILA_TRY(uint8_t* const address, ToAddress(thread, tuple->At(i)));
    types.push_back(reinterpret_cast<ffi_type*>(address));
  }
  return types;
}

// structure_type(size, alignment, types): the description of a structure.
Result<Value> StructureType(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t alignment, ToInt64(thread, args[1]));
  GILA_TRY(const std::vector<ffi_type*> types, TypesOf(thread, args[2]));
  auto* const elements = new ffi_type*[types.size() + 1];
  std::copy(types.begin(), types.end(), elements);
  elements[types.size()] = nullptr;
  auto* const made = new ffi_type{static_cast<size_t>(size), static_cast<unsigned short>(alignment),
                                  FFI_TYPE_STRUCT, elements};
  return NewIntFromUnsigned(thread, reinterpret_cast<uintptr_t>(made));
}

// --- calls ---

// The errno that C sees in calls that want one of their own (use_errno).
thread_local int kept_errno = 0;
enum CallFlags : int64_t { kUsesErrno = 8 };

union Cell {
  uint64_t bits;
  float single;
  double real;
  long double wide;
};

// Puts an argument into its cell, or points at the memory of one that is C data.
Result<void*> Place(Thread& thread, const ffi_type* type, Value v, Cell* cell) {
  if (!IsInt(v) && !IsFloat(v) && !v.IsNone()) {
    GILA_TRY(Memory* const memory, ToMemory(thread, v));
    return static_cast<void*>(memory->data.Load());
  }
  switch (type->type) {
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_DOUBLE:
    case FFI_TYPE_LONGDOUBLE: {
      GILA_TRY(const double number, ToDouble(thread, v));
      if (type->type == FFI_TYPE_FLOAT) cell->single = static_cast<float>(number);
      if (type->type == FFI_TYPE_DOUBLE) cell->real = number;
      if (type->type == FFI_TYPE_LONGDOUBLE) cell->wide = static_cast<long double>(number);
      break;
    }
    default:
      cell->bits = 0;
      if (!v.IsNone()) {
        GILA_TRY(cell->bits, ToBits(thread, v));
      }
  }
  return static_cast<void*>(cell);
}

// call(function, flags, result_type, result, types, values): calls the function at an address. What
// it returns goes into the memory of `result` (None: nowhere). A value is a number, or C data that
// is passed as it lies in memory.
Result<Value> CallFunction(Thread& thread, Args args) {
  GILA_TRY(uint8_t* const function, ToAddress(thread, args[0]));
  GILA_TRY(const int64_t flags, ToInt64(thread, args[1]));
  GILA_TRY(uint8_t* const result_address, ToAddress(thread, args[2]));
  auto* const result_type = reinterpret_cast<ffi_type*>(result_address);
  GILA_TRY(std::vector<ffi_type*> types, TypesOf(thread, args[4]));
  if (!IsTuple(args[5]) || args[5].As<Tuple>()->length != static_cast<int64_t>(types.size()))
    return thread.RaiseTypeError("as many values as types are required");
  Tuple* const values = args[5].As<Tuple>();
  std::vector<Cell> cells(types.size() + 1);
  std::vector<void*> places(types.size() + 1);
  for (size_t i = 0; i < types.size(); ++i) {
    GILA_TRY(places[i], Place(thread, types[i], values->At(static_cast<int64_t>(i)), &cells[i]));
  }
  ffi_cif cif;
  if (ffi_prep_cif(&cif, FFI_DEFAULT_ABI, static_cast<unsigned>(types.size()), result_type,
                   types.data()) != FFI_OK)
    return thread.Raise(TypeId::kRuntimeError, "ffi_prep_cif failed");
  // Small integers come back as a whole register.
  const size_t room = std::max(result_type->size, sizeof(ffi_arg));
  const std::unique_ptr<Cell[]> answer(new Cell[room / sizeof(Cell) + 1]());
  {
    AllowThreads detached(thread, Blocked::kOther);
    if ((flags & kUsesErrno) != 0) std::swap(errno, kept_errno);
    ffi_call(&cif, FFI_FN(function), answer.get(), places.data());
    if ((flags & kUsesErrno) != 0) std::swap(errno, kept_errno);
  }
  if (!args[3].IsNone()) {
    GILA_TRY(Memory* const result, ToMemory(thread, args[3]));
    std::memcpy(result->data.Load(), answer.get(),
                std::min(room, static_cast<size_t>(result->size.Load())));
  }
  return kNone;
}

Result<Value> GetErrno(Thread&, Args) { return Value::SmallInt(kept_errno); }
Result<Value> SetErrno(Thread& thread, Args args) {
  GILA_TRY(const int64_t number, ToInt64(thread, args[0]));
  const int before = kept_errno;
  kept_errno = static_cast<int>(number);
  return Value::SmallInt(before);
}

// --- callbacks ---

// A C function that calls `callable` with its arguments as bytes, and gets bytes to return.
struct Callback : Object {
  Slot callable;
  Slot types;  // Tuple; alive as long as the description of the call points into it
  ffi_closure* closure;
  void* code;
  ffi_cif cif;
  ffi_type** arguments;
};
Type* callback_type = nullptr;

void TraceCallback(Object* object, Marker& marker) {
  marker.Visit(static_cast<Callback*>(object)->callable);
  marker.Visit(static_cast<Callback*>(object)->types);
}
void FinalizeCallback(Object* object) {
  auto* const callback = static_cast<Callback*>(object);
  if (callback->closure != nullptr) ffi_closure_free(callback->closure);
  delete[] callback->arguments;
}
constexpr KindInfo kCallbackKind = {"ctypes callback", TraceCallback, FinalizeCallback};

Result<Value> CallBack(Thread& thread, Callback* callback, void** arguments) GILA_ATTACHED {
  GILA_TRY(Tuple* const bytes, NewTuple(thread, static_cast<int64_t>(callback->cif.nargs)));
  for (unsigned i = 0; i < callback->cif.nargs; ++i) {
    GILA_TRY(const Value item, NewBytes(thread, {static_cast<const char*>(arguments[i]),
                                                 callback->cif.arg_types[i]->size}));
    bytes->items[i].Store(bytes, item);
  }
  return CallWith(thread, callback->callable.Load(), bytes, kUnbound);
}

void Run(ffi_cif* cif, void* result, void** arguments, void* data) {
  const size_t room = std::max(cif->rtype->size, sizeof(ffi_arg));
  if (cif->rtype->type != FFI_TYPE_VOID) std::memset(result, 0, room);
  AttachedForCallback attached;
  if (attached.thread() == nullptr) return;
  Thread& thread = *attached.thread();
  auto* const callback = static_cast<Callback*>(data);
  const Result<Value> answer = CallBack(thread, callback, arguments);
  if (!answer.ok()) {
    WriteUnraisable(thread, callback->callable.Load());
    return;
  }
  const Bytes* const bytes = CastOrNull<Bytes>(answer.value());
  if (bytes != nullptr && cif->rtype->type != FFI_TYPE_VOID)
    std::memcpy(result, bytes->data, std::min(room, static_cast<size_t>(bytes->size)));
}

// callback(callable, result_type, types)
Result<Value> NewCallback(Thread& thread, Args args) {
  GILA_TRY(uint8_t* const result_type, ToAddress(thread, args[1]));
  GILA_TRY(const std::vector<ffi_type*> types, TypesOf(thread, args[2]));
  GILA_TRY(Object* const object, AllocateInstance(thread, callback_type));
  auto* const callback = static_cast<Callback*>(object);
  heap::RegisterFinalizer(thread, callback);
  callback->callable.Store(callback, args[0]);
  callback->types.Store(callback, args[2]);
  callback->arguments = new ffi_type*[types.size() + 1];
  std::copy(types.begin(), types.end(), callback->arguments);
  callback->closure =
      static_cast<ffi_closure*>(ffi_closure_alloc(sizeof(ffi_closure), &callback->code));
  if (callback->closure == nullptr) return thread.RaiseMemoryError();
  if (ffi_prep_cif(&callback->cif, FFI_DEFAULT_ABI, static_cast<unsigned>(types.size()),
                   reinterpret_cast<ffi_type*>(result_type), callback->arguments) != FFI_OK ||
      ffi_prep_closure_loc(callback->closure, &callback->cif, Run, callback, callback->code) !=
          FFI_OK)
    return thread.Raise(TypeId::kRuntimeError, "ffi_prep_closure failed");
  return callback;
}

Result<Value> GetCode(Thread& thread, Value self) {
  return NewIntFromUnsigned(thread, reinterpret_cast<uintptr_t>(self.As<Callback>()->code));
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr GetSetDef kCallbackFields[] = {{"address", GetCode, nullptr, nullptr}, END};
constexpr TypeSpec kCallbackSpec = {.doc = "A C function made of a callable.",
                                    .getsets = kCallbackFields,
                                    .native_size = sizeof(Callback),
                                    .kind_info = &kCallbackKind};

}  // namespace

constinit const NativeDef kCallFunctions[] = {
    {"_dlopen", Open, "(name, mode, /)", "Load a library."},
    {"dlsym", Symbol, "(handle, name, /)", "The address of a symbol."},
    {"dlclose", CloseLibrary, "(handle, /)", "Let go of a library."},
    {"simple_type", SimpleType, "(letter, /)", "libffi's description of a simple type."},
    {"structure_type", StructureType, "(size, alignment, types, /)", "One of a structure."},
    {"call", CallFunction, "(function, flags, result_type, result, types, values, /)",
     "Call a C function."},
    {"callback", NewCallback, "(callable, result_type, types, /)", "Make a C function."},
    {"get_errno", GetErrno, "()", "The errno of calls with use_errno."},
    {"set_errno", SetErrno, "(number, /)", "Set it; what it was."},
    END};
#undef END

Status AddCallTypes(Thread& thread, Module* module) {
  const uint8_t kind = RegisterKind(kCallbackKind);
  GILA_TRY(callback_type,
           AddType(thread, module, kCallbackSpec, "_ffi.Callback", kind, sizeof(Callback), 0));
  GILA_TRY_VOID(AddValue(thread, module, "RTLD_LOCAL", Value::SmallInt(RTLD_LOCAL)));
  return AddValue(thread, module, "RTLD_GLOBAL", Value::SmallInt(RTLD_GLOBAL));
}

}  // namespace gila::ffi
