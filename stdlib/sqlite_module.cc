// sqlite_module.cc: the module _sqlite3: errors, cells, and the type Database. sqlite_internal.h
// has the rules.
#include <cstring>

#include "runtime/call.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "stdlib/sqlite_internal.h"

namespace gila {

namespace sqlite {

Type* database_type = nullptr;
Value adapt_function = kNone;
Atomic<bool> adapt_all;

Connected::~Connected() {
  End();
  for (Prepared* prepared : dead) delete prepared;
}

void Connected::End() {
  for (Prepared* prepared : statements) {
    sqlite3_finalize(prepared->handle);
    prepared->handle = nullptr;
  }
  statements.clear();
  std::lock_guard<std::mutex> guard(handle_lock);
  if (db != nullptr) sqlite3_close_v2(db);
  db = nullptr;
}

void Connected::Sweep() {
  std::vector<Prepared*> found;
  {
    std::lock_guard<std::mutex> guard(dead_lock);
    found.swap(dead);
  }
  for (Prepared* prepared : found) {
    sqlite3_finalize(prepared->handle);
    std::erase(statements, prepared);
    delete prepared;
  }
}

namespace {

Value error_classes = kNone;  // dict: name -> class

enum ConstantKind { kOther, kIsResult };
constexpr struct {
  const char* name;
  int value;
  ConstantKind kind;
} kConstants[] = {
#define GILA_SQLITE(name, kind) {"SQLITE_" #name, SQLITE_##name, kind},
#include "stdlib/sqlite_constants.def"
};

const char* NameOfResult(int code) {
  for (const auto& constant : kConstants)
    if (constant.kind == kIsResult && constant.value == code) return constant.name;
  return "unknown";
}

const char* ClassOf(int code) {
  switch (code) {
    case SQLITE_INTERNAL:
    case SQLITE_NOTFOUND:
      return "InternalError";
    case SQLITE_ERROR:
    case SQLITE_PERM:
    case SQLITE_ABORT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_EMPTY:
    case SQLITE_SCHEMA:
      return "OperationalError";
    case SQLITE_TOOBIG:
      return "DataError";
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return "IntegrityError";
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
      return "InterfaceError";
    default:
      return "DatabaseError";
  }
}

Result<Value> NewError(Thread& thread, const char* class_name,
                       const std::string& text) GILA_ATTACHED {
  const Value type = DictGetInterned(error_classes.As<Dict>(), Intern(thread, class_name));
  GILA_TRY(Str* const words, NewStr(thread, text));
  return Call(thread, type, {Value(words)});
}

}  // namespace

Complaint Describe(sqlite3* db, int code) {
  Complaint complaint;
  complaint.code = code & 0xff;
  complaint.extended = sqlite3_extended_errcode(db);
  if ((complaint.extended & 0xff) != complaint.code) complaint.extended = code;
  complaint.text =
      (sqlite3_errcode(db) & 0xff) == complaint.code ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  return complaint;
}

Failed RaiseNamed(Thread& thread, const char* class_name, const std::string& text) {
  GILA_TRY(const Value error, NewError(thread, class_name, text));
  return thread.RaiseObject(error);
}

Failed RaiseComplaint(Thread& thread, const Complaint& complaint) {
  if (complaint.code == SQLITE_NOMEM) return thread.RaiseMemoryError();
  GILA_TRY(const Value error, NewError(thread, ClassOf(complaint.code), complaint.text));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "sqlite_errorcode"),
                        Value::SmallInt(complaint.extended)));
  GILA_TRY(Str* const name, NewStr(thread, NameOfResult(complaint.extended)));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "sqlite_errorname"), name));
  return thread.RaiseObject(error);
}

// --- cells ---

Result<std::string> Utf8Of(Thread& thread, Value str) {
  if (!IsStr(str)) {
    return thread.RaiseTypeError("argument must be str, not %s",
                                 std::string(TypeNameOf(str)).c_str());
  }
  std::string text = ToUtf8(str);
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\xed' || static_cast<uint8_t>(text[i + 1]) < 0xa0) continue;
    GILA_TRY([[maybe_unused]] const Value never, CallMethod(thread, str, Intern(thread, "encode")));
  }
  return text;
}

Result<bool> ToCell(Thread& thread, Value value, Cell* cell) {
  if (value.IsNone()) {
    cell->type = SQLITE_NULL;
  } else if (IsInt(value)) {
    cell->type = SQLITE_INTEGER;
    if (!TryInt64(value, &cell->integer))
      return thread.Raise(TypeId::kOverflowError,
                          "Python int too large to convert to SQLite INTEGER");
  } else if (IsFloat(value)) {
    cell->type = SQLITE_FLOAT;
    GILA_TRY(cell->real, ToDouble(thread, value));
  } else if (IsStr(value)) {
    cell->type = SQLITE_TEXT;
    GILA_TRY(cell->bytes, Utf8Of(thread, value));
  } else if (IsBytesLike(value)) {
    if (IsKind(value, kKindMemoryView) && !IsContiguous(value.As<MemoryView>())) {
      return thread.Raise(TypeId::kBufferError,
                          "memoryview: underlying buffer is not C-contiguous");
    }
    cell->type = SQLITE_BLOB;
    GILA_TRY(cell->bytes, CopyBuffer(thread, value));
  } else {
    return false;
  }
  return true;
}

Cell CellOf(sqlite3_value* value) {
  Cell cell;
  cell.type = sqlite3_value_type(value);
  if (cell.type == SQLITE_INTEGER) cell.integer = sqlite3_value_int64(value);
  if (cell.type == SQLITE_FLOAT) cell.real = sqlite3_value_double(value);
  if (cell.type == SQLITE_TEXT || cell.type == SQLITE_BLOB) {
    const void* const bytes = cell.type == SQLITE_TEXT
                                  ? static_cast<const void*>(sqlite3_value_text(value))
                                  : sqlite3_value_blob(value);
    if (bytes != nullptr)
      cell.bytes.assign(static_cast<const char*>(bytes),
                        static_cast<size_t>(sqlite3_value_bytes(value)));
  }
  return cell;
}

Result<Value> FromCell(Thread& thread, const Cell& cell) {
  switch (cell.type) {
    case SQLITE_INTEGER:
      return NewInt(thread, cell.integer);
    case SQLITE_FLOAT:
      return NewFloat(thread, cell.real);
    case SQLITE_TEXT: {
      GILA_TRY(const Value bytes, NewBytes(thread, cell.bytes));
      return CallMethod(thread, bytes, Intern(thread, "decode"));
    }
    case SQLITE_BLOB:
      return NewBytes(thread, cell.bytes);
    default:
      return kNone;
  }
}

// --- Database ---

Result<std::shared_ptr<Connected>> Open(Thread& thread, Database* self) {
  if (self->shared == nullptr || (*self->shared)->closed)
    return RaiseNamed(thread, "ProgrammingError", "Cannot operate on a closed database.");
  return *self->shared;
}

namespace {

void TraceDatabase(Object* object, Marker& marker) {
  marker.Visit(static_cast<Database*>(object)->kept);
}
void FinalizeDatabase(Object* object) { delete static_cast<Database*>(object)->shared; }
constexpr KindInfo kDatabaseKind = {"Database", TraceDatabase, FinalizeDatabase};

Result<Value> DatabaseNew(Thread& thread, Args args) {
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[1]));
  GILA_TRY(const double timeout, ToDouble(thread, args[2]));
  GILA_TRY(const bool uri, Truth(thread, args[3]));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Database*>(object);
  GILA_TRY(Dict* const kept, NewDict(thread));
  self->kept.Store(self, kept);
  auto connected = std::make_shared<Connected>();
  int code;
  Complaint complaint;
  {
    AllowThreads detached(thread, Blocked::kOther);
    code = sqlite3_open_v2(name.c_str(), &connected->db,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (uri ? SQLITE_OPEN_URI : 0),
                           nullptr);
    if (code != SQLITE_OK) {
      complaint = Describe(connected->db, code);
    } else {
      sqlite3_extended_result_codes(connected->db, 1);
      sqlite3_busy_timeout(connected->db, static_cast<int>(timeout * 1000));
    }
  }
  if (code != SQLITE_OK) return RaiseComplaint(thread, complaint);
  self->shared = new std::shared_ptr<Connected>(connected);
  heap::RegisterFinalizer(thread, self);
  return self;
}

Result<Value> Close(Thread& thread, Args args) {
  auto* const self = args[0].As<Database>();
  if (self->shared == nullptr) return kNone;
  const std::shared_ptr<Connected> connected = *self->shared;
  AllowThreads detached(thread, Blocked::kOther);
  const std::lock_guard<std::recursive_mutex> guard(connected->use);
  connected->closed = true;
  if (connected->inside == 0) connected->End();
  return kNone;
}

// Runs one statement without parameters: BEGIN and its like.
Result<Value> Run(Thread& thread, Args args) {
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  GILA_TRY(const std::string sql, Utf8Of(thread, args[1]));
  int code = SQLITE_OK;
  Complaint complaint;
  Detachedly(thread, *connected, [&] {
    sqlite3_stmt* statement = nullptr;
    code = sqlite3_prepare_v2(connected->db, sql.c_str(), -1, &statement, nullptr);
    if (code == SQLITE_OK) {
      sqlite3_step(statement);
      code = sqlite3_finalize(statement);
    }
    if (code != SQLITE_OK) complaint = Describe(connected->db, code);
  });
  if (thread.HasException()) return kFailed;
  if (code != SQLITE_OK) return RaiseComplaint(thread, complaint);
  return kNone;
}

// Runs all the statements of a text, whatever they answer.
Result<Value> RunScript(Thread& thread, Args args) {
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  GILA_TRY(const std::string sql, Utf8Of(thread, args[1]));
  int code = SQLITE_OK;
  Complaint complaint;
  bool too_long = false;
  Detachedly(thread, *connected, [&] {
    too_long =
        static_cast<int64_t>(sql.size()) >= sqlite3_limit(connected->db, SQLITE_LIMIT_LENGTH, -1);
    const char* rest = sql.c_str();
    while (!too_long && *rest != '\0') {
      sqlite3_stmt* statement = nullptr;
      code = sqlite3_prepare_v2(connected->db, rest, -1, &statement, &rest);
      if (code == SQLITE_OK && statement != nullptr) {
        do {
          code = sqlite3_step(statement);
        } while (code == SQLITE_ROW);
        code = sqlite3_finalize(statement);
      }
      if (code != SQLITE_OK) {
        complaint = Describe(connected->db, code);
        break;
      }
    }
  });
  if (too_long) return RaiseNamed(thread, "DataError", "query string is too large");
  if (thread.HasException()) return kFailed;
  if (code != SQLITE_OK) return RaiseComplaint(thread, complaint);
  return kNone;
}

template <class Ask>
Result<Value> AskNumber(Thread& thread, Args args, Ask ask) GILA_ATTACHED {
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  int64_t number = 0;
  Shortly(thread, *connected, [&] { number = ask(connected->db); });
  return NewInt(thread, number);
}
Result<Value> Autocommit(Thread& thread, Args args) {
  return AskNumber(thread, args, [](sqlite3* db) { return int64_t{sqlite3_get_autocommit(db)}; });
}
Result<Value> TotalChanges(Thread& thread, Args args) {
  return AskNumber(thread, args, [](sqlite3* db) { return int64_t{sqlite3_total_changes(db)}; });
}
Result<Value> LastRowId(Thread& thread, Args args) {
  return AskNumber(thread, args,
                   [](sqlite3* db) { return int64_t{sqlite3_last_insert_rowid(db)}; });
}
Result<Value> Limit(Thread& thread, Args args) {
  GILA_TRY(const int64_t category, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t value, ToInt64(thread, args[2]));
  return AskNumber(thread, args, [&](sqlite3* db) {
    return int64_t{sqlite3_limit(db, static_cast<int>(category), static_cast<int>(value))};
  });
}

Result<Value> Interrupt(Thread& thread, Args args) {
  // Another thread is inside and holds `use`, that is the point: only the handle must stay.
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  // Rows that were not taken by a forgotten cursor are nothing to stop, and would keep the mark
  // that all must stop.
  const std::lock_guard<std::mutex> guard(connected->handle_lock);
  if (connected->inside > 0 && connected->db != nullptr) sqlite3_interrupt(connected->db);
  return kNone;
}

Result<Value> Serialize(Thread& thread, Args args) {
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  GILA_TRY(const std::string name, Utf8Of(thread, args[1]));
  std::string bytes;
  bool done = false;
  Detachedly(thread, *connected, [&] {
    sqlite3_int64 size = 0;
    unsigned char* const data = sqlite3_serialize(connected->db, name.c_str(), &size, 0);
    if (data == nullptr) return;
    bytes.assign(reinterpret_cast<char*>(data), static_cast<size_t>(size));
    sqlite3_free(data);
    done = true;
  });
  if (!done) return RaiseNamed(thread, "OperationalError", "unable to serialize '" + name + "'");
  return NewBytes(thread, bytes);
}

Result<Value> Deserialize(Thread& thread, Args args) {
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[1]));
  GILA_TRY(const std::string name, Utf8Of(thread, args[2]));
  auto* const copy = static_cast<unsigned char*>(sqlite3_malloc64(data.size() + 1));
  if (copy == nullptr) return thread.RaiseMemoryError();
  std::memcpy(copy, data.data(), data.size());
  int code = SQLITE_OK;
  Complaint complaint;
  const auto size = static_cast<sqlite3_int64>(data.size());
  Detachedly(thread, *connected, [&] {
    code = sqlite3_deserialize(connected->db, name.c_str(), copy, size, size,
                               SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    if (code != SQLITE_OK) complaint = Describe(connected->db, code);
  });
  if (code != SQLITE_OK) return RaiseComplaint(thread, complaint);
  return kNone;
}

Result<Value> EnableExtensions(Thread& thread, Args args) {
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  GILA_TRY(const bool on, Truth(thread, args[1]));
  int code = SQLITE_OK;
  Detachedly(thread, *connected, [&] { code = sqlite3_enable_load_extension(connected->db, on); });
  if (code != SQLITE_OK)
    return RaiseNamed(thread, "OperationalError", "Error enabling load extension");
  return kNone;
}

Result<Value> LoadExtension(Thread& thread, Args args) {
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, args[0].As<Database>()));
  GILA_TRY(const std::string name, Utf8Of(thread, args[1]));
  std::string problem;
  Detachedly(thread, *connected, [&] {
    char* words = nullptr;
    if (sqlite3_load_extension(connected->db, name.c_str(), nullptr, &words) != SQLITE_OK)
      problem = words == nullptr ? "Error loading extension" : words;
    sqlite3_free(words);
  });
  if (!problem.empty()) return RaiseNamed(thread, "OperationalError", problem);
  return kNone;
}

constexpr NativeDef kDatabaseMethods[] = {
    {"close", Close, "(self, /)", "Finalises its statements and closes it."},
    {"prepare", Prepare, "(self, sql, /)", "A Statement; None for a text without one."},
    {"run", Run, "(self, sql, /)", "Runs one statement."},
    {"run_script", RunScript, "(self, sql, /)", "Runs all statements of a text."},
    {"autocommit", Autocommit, "(self, /)", "1 outside of a transaction."},
    {"total_changes", TotalChanges, "(self, /)", "Rows changed since it was opened."},
    {"last_row_id", LastRowId, "(self, /)", "Of the row that was inserted last."},
    {"limit", Limit, "(self, category, value, /)", "Sets a limit (not with -1); what it was."},
    {"interrupt", Interrupt, "(self, /)", "Stops what runs."},
    {"serialize", Serialize, "(self, name, /)", "The file of a database as bytes."},
    {"deserialize", Deserialize, "(self, data, name, /)", "Puts such bytes in its place."},
    {"enable_extensions", EnableExtensions, "(self, on, /)", "Allows or forbids load_extension."},
    {"load_extension", LoadExtension, "(self, name, /)", "Loads a library of the system."},
    {"open_blob", OpenBlob, "(self, table, column, row, readonly, name, /)", "A Blob."},
    {"backup", StartBackup, "(self, target, target_name, name, /)", "A Backup."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kDatabaseSpec = {.doc = "An open database.",
                                    .new_function = DatabaseNew,
                                    .new_signature = "(cls, name, timeout, uri, /)",
                                    .methods = kDatabaseMethods,
                                    .native_size = sizeof(Database),
                                    .kind_info = &kDatabaseKind};

// The module's other half gives its exception classes and its adapt().
Result<Value> Connect(Thread&, Args args) {
  error_classes = args[0];
  adapt_function = args[1];
  return kNone;
}

Result<Value> AdaptAll(Thread&, Args) {
  adapt_all.Store(true);
  return kNone;
}

Result<Value> IsComplete(Thread& thread, Args args) {
  GILA_TRY(const std::string sql, Utf8Of(thread, args[0]));
  return Value::Bool(sqlite3_complete(sql.c_str()) != 0);
}

constexpr NativeDef kFunctions[] = {
    {"_connect", Connect, "(errors, adapt, /)", "Tells the exception classes and adapt()."},
    {"_adapt_all", AdaptAll, "()", "From now on adapt() is asked for plain values too."},
    {"complete_statement", IsComplete, "(statement)", "Does the text end with a whole statement?"},
    {"enable_callback_tracebacks", EnableTracebacks, "(enable, /)",
     "Shows the errors of what the database calls on stderr."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

}  // namespace sqlite

Status InitSqliteModule(Thread& thread, Module* module) {
  heap::AddRoot(&sqlite::error_classes);
  heap::AddRoot(&sqlite::adapt_function);
  GILA_TRY(sqlite::database_type,
           AddType(thread, module, sqlite::kDatabaseSpec, "_sqlite3.Database",
                   RegisterKind(sqlite::kDatabaseKind), sizeof(sqlite::Database), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&sqlite::database_type));
  for (const NativeDef* def = sqlite::kCallbackMethods; def->name != nullptr; ++def) {
    GILA_TRY(const Value method, NewNativeMethod(thread, def, sqlite::database_type));
    GILA_TRY_VOID(
        DictSet(thread, sqlite::database_type->dict.Load(), Intern(thread, def->name), method));
  }
  GILA_TRY_VOID(sqlite::AddStatementType(thread, module));
  GILA_TRY_VOID(sqlite::AddBlobTypes(thread, module));
  for (const auto& constant : sqlite::kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  GILA_TRY(Str* const version, NewStr(thread, sqlite3_libversion()));
  GILA_TRY_VOID(AddValue(thread, module, "sqlite_version", version));
  GILA_TRY_VOID(AddValue(thread, module, "threading_mode", Value::SmallInt(sqlite3_threadsafe())));
  return AddFunctions(thread, module, sqlite::kFunctions);
}

}  // namespace gila
