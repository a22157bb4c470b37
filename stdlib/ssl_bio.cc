// ssl_bio.cc: MemoryBIO of the module _ssl: bytes on their way from or to a connection that
// somebody else transports.
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "stdlib/native_support.h"
#include "stdlib/ssl_internal.h"

namespace gila {

Type* memory_bio_type = nullptr;

namespace {

MemoryBio* Self(Value v) { return v.As<MemoryBio>(); }

Result<Value> New(Thread& thread, Args args) {
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<MemoryBio*>(object);
  self->bio = BIO_new(BIO_s_mem());
  if (self->bio == nullptr) return thread.RaiseMemoryError();
  heap::RegisterFinalizer(thread, object);
  // Empty means "come again", not "the end".
  BIO_set_retry_read(self->bio);
  BIO_set_mem_eof_return(self->bio, -1);
  return object;
}

Result<Value> Read(Thread& thread, Args args) {
  MemoryBio* const self = Self(args[0]);
  int64_t wanted = -1;
  if (args.Has(1)) {
    GILA_TRY(wanted, ToInt64(thread, args[1]));
  }
  ScopedGate gate(thread, self->gate);
  const auto pending = static_cast<int64_t>(BIO_ctrl_pending(self->bio));
  const int64_t size = wanted < 0 ? pending : std::min(wanted, pending);
  std::string data(static_cast<size_t>(size), '\0');
  if (size > 0) {
    const int got = BIO_read(self->bio, data.data(), static_cast<int>(size));
    data.resize(static_cast<size_t>(std::max(got, 0)));
  }
  return NewBytes(thread, data);
}

Result<Value> Write(Thread& thread, Args args) {
  MemoryBio* const self = Self(args[0]);
  PinnedSource source;
  GILA_TRY_VOID(source.Read(thread, args[1]));
  if (source.size() > INT32_MAX)
    return thread.RaiseFormat(TypeId::kOverflowError, "string longer than %d bytes", INT32_MAX);
  if (self->eof_written.Load() != 0)
    return RaiseSslText(thread, kSslError, 0, "cannot write() after write_eof()", 0, 0);
  ScopedGate gate(thread, self->gate);
  if (source.size() == 0) return Value::SmallInt(0);
  const int done = BIO_write(self->bio, source.data(), static_cast<int>(source.size()));
  if (done < 0) return RaiseSslLast(thread, __LINE__);
  return Value::SmallInt(done);
}

Result<Value> WriteEof(Thread& thread, Args args) {
  MemoryBio* const self = Self(args[0]);
  ScopedGate gate(thread, self->gate);
  self->eof_written.Store(1);
  BIO_clear_retry_flags(self->bio);
  BIO_set_mem_eof_return(self->bio, 0);
  return kNone;
}

Result<Value> Pending(Thread& thread, Value self) {
  ScopedGate gate(thread, Self(self)->gate);
  return Value::SmallInt(static_cast<int64_t>(BIO_ctrl_pending(Self(self)->bio)));
}

Result<Value> AtEnd(Thread& thread, Value self) {
  ScopedGate gate(thread, Self(self)->gate);
  return Value::Bool(Self(self)->eof_written.Load() != 0 && BIO_ctrl_pending(Self(self)->bio) == 0);
}

void Finalize(Object* object) { BIO_free(static_cast<MemoryBio*>(object)->bio); }

constexpr KindInfo kKind = {"MemoryBIO", nullptr, Finalize};
constexpr NativeDef kMethods[] = {
    {"read", Read, "(self, size=-1, /)", "Takes up to so many bytes out."},
    {"write", Write, "(self, b, /)", "Puts bytes in; their number."},
    {"write_eof", WriteEof, "(self, /)", "No more bytes will come."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kFields[] = {{"pending", Pending, nullptr, "How many bytes are in it."},
                                 {"eof", AtEnd, nullptr, "Whether it is empty and stays so."},
                                 {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "Bytes between a connection and its transport.",
                            .new_function = New,
                            .new_signature = "(cls)",
                            .methods = kMethods,
                            .getsets = kFields};

}  // namespace

Status AddMemoryBio(Thread& thread, Module* module) {
  GILA_TRY(memory_bio_type, AddType(thread, module, kSpec, "_ssl.MemoryBIO", RegisterKind(kKind),
                                    sizeof(MemoryBio), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&memory_bio_type));
  return kOk;
}

}  // namespace gila
