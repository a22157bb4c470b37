// sqlite_blob.cc: a value of a table opened as a file of fixed length, and the copying of a
// database, step by step.
#include "runtime/call.h"
#include "runtime/types/int.h"
#include "stdlib/sqlite_internal.h"

namespace gila::sqlite {

namespace {

Type* blob_type = nullptr;
Type* backup_type = nullptr;

// The native object is closed by its methods, or with the last owner of the database.
template <class Handle>
struct Holder : Object {
  std::shared_ptr<Connected>* shared;
  std::shared_ptr<Connected>* other;  // of a backup, the target
  Handle* handle;
};
using Blob = Holder<sqlite3_blob>;
using Backup = Holder<sqlite3_backup>;

void FinalizeBlob(Object* object) {
  auto* const self = static_cast<Blob*>(object);
  // An open blob is a statement of its database: it may only be closed while nobody works there.
  if (self->handle != nullptr && self->shared != nullptr && (*self->shared)->use.try_lock()) {
    sqlite3_blob_close(self->handle);
    (*self->shared)->use.unlock();
  }
  delete self->shared;
}
void FinalizeBackup(Object* object) {
  auto* const self = static_cast<Backup*>(object);
  if (self->handle != nullptr) sqlite3_backup_finish(self->handle);
  delete self->shared;
  delete self->other;
}
constexpr KindInfo kBlobKind = {"Blob", nullptr, FinalizeBlob};
constexpr KindInfo kBackupKind = {"Backup", nullptr, FinalizeBackup};

Result<Value> BlobLength(Thread& thread, Args args) {
  auto* const self = args[0].As<Blob>();
  int size = 0;
  Detachedly(thread, **self->shared, [&] {
    if (self->handle != nullptr) size = sqlite3_blob_bytes(self->handle);
  });
  return Value::SmallInt(size);
}

template <class Work>
Result<Value> WithBlob(Thread& thread, Blob* self, Work work) GILA_ATTACHED {
  int code = SQLITE_OK;
  Complaint complaint;
  Detachedly(thread, **self->shared, [&] {
    code = self->handle == nullptr || (*self->shared)->db == nullptr ? SQLITE_MISUSE
                                                                     : work(self->handle);
    if (code != SQLITE_OK && (*self->shared)->db != nullptr)
      complaint = Describe((*self->shared)->db, code);
  });
  if (code == SQLITE_ABORT)
    return RaiseNamed(thread, "OperationalError", "Cannot operate on modified blob");
  if (code != SQLITE_OK) return RaiseComplaint(thread, complaint);
  return kNone;
}

Result<Value> BlobRead(Thread& thread, Args args) {
  GILA_TRY(const int64_t offset, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t length, ToInt64(thread, args[2]));
  std::string bytes(static_cast<size_t>(length), '\0');
  GILA_TRY_VOID(WithBlob(thread, args[0].As<Blob>(), [&](sqlite3_blob* blob) {
    return sqlite3_blob_read(blob, bytes.data(), static_cast<int>(length),
                             static_cast<int>(offset));
  }));
  return NewBytes(thread, bytes);
}

Result<Value> BlobWrite(Thread& thread, Args args) {
  GILA_TRY(const int64_t offset, ToInt64(thread, args[1]));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[2]));
  return WithBlob(thread, args[0].As<Blob>(), [&](sqlite3_blob* blob) {
    return sqlite3_blob_write(blob, bytes.data(), static_cast<int>(bytes.size()),
                              static_cast<int>(offset));
  });
}

Result<Value> BlobClose(Thread& thread, Args args) {
  auto* const self = args[0].As<Blob>();
  Detachedly(thread, **self->shared, [&] {
    if (self->handle != nullptr) sqlite3_blob_close(self->handle);
    self->handle = nullptr;
  });
  return kNone;
}

// step(pages): (code, pages left, pages in all).
Result<Value> BackupStep(Thread& thread, Args args) {
  auto* const self = args[0].As<Backup>();
  GILA_TRY(const int64_t pages, ToInt64(thread, args[1]));
  int code = SQLITE_MISUSE, left = 0, all = 0;
  Detachedly(thread, **self->shared, [&] {
    if (self->handle == nullptr || (*self->shared)->db == nullptr || (*self->other)->db == nullptr)
      return;
    code = sqlite3_backup_step(self->handle, static_cast<int>(pages));
    left = sqlite3_backup_remaining(self->handle);
    all = sqlite3_backup_pagecount(self->handle);
  });
  const Value numbers[] = {Value::SmallInt(code), Value::SmallInt(left), Value::SmallInt(all)};
  GILA_TRY(Tuple* const tuple, NewTuple(thread, numbers));
  return tuple;
}

Result<Value> BackupFinish(Thread& thread, Args args) {
  auto* const self = args[0].As<Backup>();
  int code = SQLITE_OK;
  Complaint complaint;
  Detachedly(thread, **self->shared, [&] {
    if (self->handle != nullptr) code = sqlite3_backup_finish(self->handle);
    self->handle = nullptr;
    if (code != SQLITE_OK && (*self->other)->db != nullptr)
      complaint = Describe((*self->other)->db, code);
  });
  if (code != SQLITE_OK) return RaiseComplaint(thread, complaint);
  return kNone;
}

constexpr NativeDef kBlobMethods[] = {
    {"length", BlobLength, "(self, /)", "How many bytes."},
    {"read", BlobRead, "(self, offset, length, /)", "Bytes of it."},
    {"write", BlobWrite, "(self, offset, data, /)", "Puts bytes into it."},
    {"close", BlobClose, "(self, /)", "Closes it."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kBlobSpec = {.doc = "An open value of a table.",
                                .methods = kBlobMethods,
                                .native_size = sizeof(Blob),
                                .kind_info = &kBlobKind};
constexpr NativeDef kBackupMethods[] = {
    {"step", BackupStep, "(self, pages, /)", "Copies pages: (code, pages left, pages in all)."},
    {"finish", BackupFinish, "(self, /)", "Ends it; raises what went wrong."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kBackupSpec = {.doc = "A copy under way.",
                                  .methods = kBackupMethods,
                                  .native_size = sizeof(Backup),
                                  .kind_info = &kBackupKind};

}  // namespace

Result<Value> OpenBlob(Thread& thread, Args args) {
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  GILA_TRY(const std::string table, Utf8Of(thread, args[1]));
  GILA_TRY(const std::string column, Utf8Of(thread, args[2]));
  GILA_TRY(const int64_t row, ToInt64(thread, args[3]));
  GILA_TRY(const bool readonly, Truth(thread, args[4]));
  GILA_TRY(const std::string name, Utf8Of(thread, args[5]));
  GILA_TRY(Object* const object, AllocateInstance(thread, blob_type));
  auto* const self = static_cast<Blob*>(object);
  self->shared = new std::shared_ptr<Connected>(connected);
  heap::RegisterFinalizer(thread, self);
  int code = SQLITE_OK;
  Complaint complaint;
  Detachedly(thread, *connected, [&] {
    code = sqlite3_blob_open(connected->db, name.c_str(), table.c_str(), column.c_str(), row,
                             !readonly, &self->handle);
    if (code != SQLITE_OK) complaint = Describe(connected->db, code);
  });
  if (code != SQLITE_OK) return RaiseComplaint(thread, complaint);
  return self;
}

Result<Value> StartBackup(Thread& thread, Args args) {
  GILA_TRY(const std::shared_ptr<Connected> from, Open(thread, args[0].As<Database>()));
  GILA_TRY(const std::shared_ptr<Connected> to, Open(thread, args[1].As<Database>()));
  GILA_TRY(const std::string target_name, Utf8Of(thread, args[2]));
  GILA_TRY(const std::string name, Utf8Of(thread, args[3]));
  GILA_TRY(Object* const object, AllocateInstance(thread, backup_type));
  auto* const self = static_cast<Backup*>(object);
  self->shared = new std::shared_ptr<Connected>(from);
  self->other = new std::shared_ptr<Connected>(to);
  heap::RegisterFinalizer(thread, self);
  Complaint complaint;
  Detachedly(thread, *from, [&] {
    self->handle = sqlite3_backup_init(to->db, target_name.c_str(), from->db, name.c_str());
    if (self->handle == nullptr) complaint = Describe(to->db, sqlite3_errcode(to->db));
  });
  if (self->handle == nullptr) return RaiseComplaint(thread, complaint);
  return self;
}

Status AddBlobTypes(Thread& thread, Module* module) {
  GILA_TRY(blob_type, AddType(thread, module, kBlobSpec, "_sqlite3.Blob", RegisterKind(kBlobKind),
                              sizeof(Blob), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&blob_type));
  GILA_TRY(backup_type, AddType(thread, module, kBackupSpec, "_sqlite3.Backup",
                                RegisterKind(kBackupKind), sizeof(Backup), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&backup_type));
  return kOk;
}

}  // namespace gila::sqlite
