// sqlite_statement.cc: prepared statements: parameters in, rows out. A statement is always one step
// ahead of the rows that were taken, as in CPython: so the end of a run is known with its last row.
#include "runtime/call.h"
#include "runtime/text/utf8.h"
#include "stdlib/sqlite_internal.h"

namespace gila::sqlite {

Type* statement_type = nullptr;

namespace {

void TraceStatement(Object* object, Marker& marker) {
  marker.Visit(static_cast<Statement*>(object)->database);
  marker.Visit(static_cast<Statement*>(object)->columns);
}
void FinalizeStatement(Object* object) {
  auto* const self = static_cast<Statement*>(object);
  if (self->shared != nullptr && self->prepared != nullptr) {
    std::lock_guard<std::mutex> guard((*self->shared)->dead_lock);
    (*self->shared)->dead.push_back(self->prepared);
  }
  delete self->shared;
  delete self->row;
}
constexpr KindInfo kStatementKind = {"Statement", TraceStatement, FinalizeStatement};

// Is there anything but spaces and comments?
bool HasSql(const char* text) {
  while (true) {
    while (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r' || *text == ';') ++text;
    if (text[0] == '-' && text[1] == '-') {
      while (*text != '\0' && *text != '\n') ++text;
    } else if (text[0] == '/' && text[1] == '*') {
      text += 2;
      while (*text != '\0' && !(text[0] == '*' && text[1] == '/')) ++text;
      if (*text != '\0') text += 2;
    } else {
      return *text != '\0';
    }
  }
}

// The names of a statement's parameters with their first character (":a"), "" for those without.
std::vector<std::string> ParameterNames(sqlite3_stmt* handle) {
  std::vector<std::string> names(static_cast<size_t>(sqlite3_bind_parameter_count(handle)));
  for (size_t i = 0; i < names.size(); ++i) {
    const char* const name = sqlite3_bind_parameter_name(handle, static_cast<int>(i + 1));
    if (name != nullptr) names[i] = name;
  }
  return names;
}

// The next step; what it found goes into the statement. Detached, under the lock.
struct Stepped {
  int code = SQLITE_OK;
  std::vector<Cell> row;
  int64_t changes = -1;
  Complaint complaint;
};

void Step(Connected& connected, sqlite3_stmt* handle, Stepped& stepped) {
  stepped.code = sqlite3_step(handle);
  if (stepped.code == SQLITE_ROW) {
    const int columns = sqlite3_data_count(handle);
    stepped.row.resize(static_cast<size_t>(columns));
    for (int i = 0; i < columns; ++i) {
      Cell& cell = stepped.row[static_cast<size_t>(i)];
      cell.type = sqlite3_column_type(handle, i);
      if (cell.type == SQLITE_INTEGER) cell.integer = sqlite3_column_int64(handle, i);
      if (cell.type == SQLITE_FLOAT) cell.real = sqlite3_column_double(handle, i);
      if (cell.type != SQLITE_TEXT && cell.type != SQLITE_BLOB) continue;
      const void* const bytes = cell.type == SQLITE_TEXT
                                    ? static_cast<const void*>(sqlite3_column_text(handle, i))
                                    : sqlite3_column_blob(handle, i);
      if (bytes != nullptr)
        cell.bytes.assign(static_cast<const char*>(bytes),
                          static_cast<size_t>(sqlite3_column_bytes(handle, i)));
    }
    return;
  }
  if (stepped.code == SQLITE_DONE) {
    stepped.changes = sqlite3_changes(connected.db);
  } else {
    stepped.complaint = Describe(connected.db, stepped.code);
  }
  sqlite3_reset(handle);
}

Result<bool> Take(Thread& thread, Statement* self, Stepped& stepped) GILA_ATTACHED {
  const bool row = stepped.code == SQLITE_ROW;
  {
    ByteLockGuard guard(self->lock);
    self->has_row = row;
    if (row) self->row->swap(stepped.row);
  }
  if (row) {
    if (thread.HasException()) return kFailed;
    return true;
  }
  if (thread.HasException()) return kFailed;
  if (stepped.code != SQLITE_DONE) return RaiseComplaint(thread, stepped.complaint);
  self->changes = stepped.changes;
  return false;
}

// --- parameters ---

Result<Cell> Parameter(Thread& thread, Value value, int place) GILA_ATTACHED {
  const bool plain = value.IsNone() || value.IsSmallInt() || IsExactly(value, TypeId::kInt) ||
                     TypeOf(value) == GetType(TypeId::kFloat) || IsExactly(value, TypeId::kStr) ||
                     IsExactly(value, TypeId::kBytes) || IsExactly(value, TypeId::kByteArray);
  if (!plain || (adapt_all.Load() && !value.IsNone())) {
    GILA_TRY(value, Call(thread, adapt_function, {value}));
  }
  Cell cell;
  GILA_TRY(const bool known, ToCell(thread, value, &cell));
  if (!known)
    return RaiseNamed(thread, "ProgrammingError",
                      "Error binding parameter " + std::to_string(place) + ": type '" +
                          std::string(TypeNameOf(value)) + "' is not supported");
  return cell;
}

Status NamedParameters(Thread& thread, Value mapping, const std::vector<std::string>& names,
                       std::vector<Cell>* cells) GILA_ATTACHED {
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty())
      return RaiseNamed(thread, "ProgrammingError",
                        "Binding " + std::to_string(i + 1) +
                            " has no name, but you supplied a dictionary (which has only names).");
    const std::string name = names[i].substr(1);
    GILA_TRY(Str* const key, NewStr(thread, name));
    const Result<Value> found = GetItem(thread, mapping, key);
    if (!found.ok()) {
      if (!thread.ExceptionMatches(TypeId::kLookupError)) return kFailed;
      thread.ClearException();
      return RaiseNamed(thread, "ProgrammingError",
                        "You did not supply a value for binding parameter :" + name + ".");
    }
    GILA_TRY(Cell cell, Parameter(thread, found.value(), static_cast<int>(i + 1)));
    cells->push_back(std::move(cell));
  }
  return kOk;
}

Status PlainParameters(Thread& thread, Value sequence, size_t wanted,
                       std::vector<Cell>* cells) GILA_ATTACHED {
  GILA_TRY(const int64_t given, Length(thread, sequence));
  if (static_cast<size_t>(given) != wanted)
    return RaiseNamed(thread, "ProgrammingError",
                      "Incorrect number of bindings supplied. The current statement uses " +
                          std::to_string(wanted) + ", and there are " + std::to_string(given) +
                          " supplied.");
  for (int64_t i = 0; i < given; ++i) {
    GILA_TRY(const Value value, GetItem(thread, sequence, Value::SmallInt(i)));
    GILA_TRY(Cell cell, Parameter(thread, value, static_cast<int>(i + 1)));
    cells->push_back(std::move(cell));
  }
  return kOk;
}

int Bind(sqlite3_stmt* handle, int place, const Cell& cell) {
  switch (cell.type) {
    case SQLITE_INTEGER:
      return sqlite3_bind_int64(handle, place, cell.integer);
    case SQLITE_FLOAT:
      return sqlite3_bind_double(handle, place, cell.real);
    case SQLITE_TEXT:
      return sqlite3_bind_text64(handle, place, cell.bytes.data(), cell.bytes.size(),
                                 SQLITE_TRANSIENT, SQLITE_UTF8);
    case SQLITE_BLOB:
      return sqlite3_bind_blob64(handle, place, cell.bytes.data(), cell.bytes.size(),
                                 SQLITE_TRANSIENT);
    default:
      return sqlite3_bind_null(handle, place);
  }
}

Result<std::shared_ptr<Connected>> Usable(Thread& thread, Statement* self) GILA_ATTACHED {
  if ((*self->shared)->closed)
    return RaiseNamed(thread, "ProgrammingError", "Cannot operate on a closed database.");
  return *self->shared;
}

// Ends a run whose rows were not all taken. That may wait for the disk. (At its own end it resets
// itself.)
Status ResetRun(Thread& thread, Statement* self) GILA_ATTACHED {
  self->has_row = false;
  Detachedly(thread, **self->shared, [&] {
    if (self->prepared->handle != nullptr) sqlite3_reset(self->prepared->handle);
  });
  if (thread.HasException()) return kFailed;
  return kOk;
}

// run(parameters): starts anew, with these parameters; is there a row?
Result<Value> Run(Thread& thread, Args args) {
  auto* const self = args[0].As<Statement>();
  GILA_TRY(const std::shared_ptr<Connected> connected, Usable(thread, self));
  const std::vector<std::string>& names = self->prepared->names;
  if (self->has_row) GILA_TRY_VOID(ResetRun(thread, self));
  std::vector<Cell> cells;
  cells.reserve(names.size());
  const Value given = args[1];
  if (IsTuple(given) || IsList(given)) {
    GILA_TRY_VOID(PlainParameters(thread, given, names.size(), &cells));
  } else if (IsDict(given) || LookupSpecial(thread, TypeOf(given), Special::kLen).IsUnbound() ||
             LookupOnType(thread, TypeOf(given), Intern(thread, "keys")).IsPointer()) {
    if (LookupSpecial(thread, TypeOf(given), Special::kGetItem).IsUnbound())
      return RaiseNamed(thread, "ProgrammingError", "parameters are of unsupported type");
    GILA_TRY_VOID(NamedParameters(thread, given, names, &cells));
  } else if (LookupSpecial(thread, TypeOf(given), Special::kGetItem).IsUnbound()) {
    return RaiseNamed(thread, "ProgrammingError", "parameters are of unsupported type");
  } else {
    GILA_TRY_VOID(PlainParameters(thread, given, names.size(), &cells));
  }
  GILA_TRY_VOID(Usable(thread, self));  // reading the parameters may have closed it
  Stepped stepped;
  const auto run = [&] {
    sqlite3_stmt* const handle = self->prepared->handle;
    int bound = handle == nullptr ? SQLITE_MISUSE : SQLITE_OK;
    sqlite3_reset(handle);  // another thread may have run it meanwhile
    for (size_t i = 0; i < cells.size() && bound == SQLITE_OK; ++i)
      bound = Bind(handle, static_cast<int>(i + 1), cells[i]);
    if (bound == SQLITE_OK) return Step(*connected, handle, stepped);
    stepped.code = bound;
    if (connected->db != nullptr) stepped.complaint = Describe(connected->db, bound);
  };
  Detachedly(thread, *connected, run);
  if ((stepped.code & 0xff) == SQLITE_LOCKED && !thread.HasException()) {
    // A forgotten cursor, whose statement nobody has finalised yet, may hold the table.
    heap::Collect(thread, heap::Collection::kFull);
    stepped = Stepped();
    Detachedly(thread, *connected, run);
  }
  GILA_TRY(const bool row, Take(thread, self, stepped));
  return Value::Bool(row);
}

// --- rows ---

Result<Value> Text(Thread& thread, Statement* self, size_t column, const Cell& cell,
                   Value factory) GILA_ATTACHED {
  if (factory == Value(GetType(TypeId::kStr)) && IsAsciiText(cell.bytes)) {
    GILA_TRY(Str* const text, NewStr(thread, cell.bytes));
    return text;
  }
  GILA_TRY(const Value bytes, NewBytes(thread, cell.bytes));
  if (factory == Value(GetType(TypeId::kBytes))) return bytes;
  if (factory != Value(GetType(TypeId::kStr))) return Call(thread, factory, {bytes});
  const Result<Value> text = CallMethod(thread, bytes, Intern(thread, "decode"));
  if (text.ok() || !thread.ExceptionMatches(TypeId::kUnicodeDecodeError)) return text;
  thread.ClearException();
  std::string name;
  Detachedly(thread, **self->shared, [&] {
    const char* const known =
        self->prepared->handle == nullptr
            ? nullptr
            : sqlite3_column_name(self->prepared->handle, static_cast<int>(column));
    if (known != nullptr) name = known;
  });
  GILA_TRY(const Value shown, CallMethod(thread, bytes, Intern(thread, "decode"),
                                         {Intern(thread, "utf-8"), Intern(thread, "replace")}));
  return RaiseNamed(
      thread, "OperationalError",
      "Could not decode to UTF-8 column '" + name + "' with text '" + ToUtf8(shown) + "'");
}

// take(text_factory, converters): the row that was stepped to, as a tuple; steps on.
Result<Value> TakeRow(Thread& thread, Args args) {
  auto* const self = args[0].As<Statement>();
  GILA_TRY(const std::shared_ptr<Connected> connected, Usable(thread, self));
  std::vector<Cell> row;
  {
    ByteLockGuard guard(self->lock);
    if (!self->has_row) return kNone;
    row.swap(*self->row);
    self->has_row = false;
  }
  GILA_TRY(Tuple* const result, NewTuple(thread, static_cast<int64_t>(row.size())));
  for (size_t i = 0; i < row.size(); ++i) {
    Value converter = kNone;
    if (!args[2].IsNone()) {
      GILA_TRY(converter, GetItem(thread, args[2], Value::SmallInt(static_cast<int64_t>(i))));
    }
    Value value = kNone;
    // A converter is not asked about NULL, nor about nothing.
    const bool is_number = row[i].type == SQLITE_INTEGER || row[i].type == SQLITE_FLOAT;
    const bool has_bytes = is_number || !row[i].bytes.empty();
    if (!converter.IsNone() && !has_bytes) {
      value = kNone;
    } else if (!converter.IsNone()) {
      std::string bytes = row[i].bytes;
      if (row[i].type == SQLITE_INTEGER) bytes = std::to_string(row[i].integer);
      if (row[i].type == SQLITE_FLOAT) {
        GILA_TRY(const Value number, FromCell(thread, row[i]));
        GILA_TRY(Str* const shown, Repr(thread, number));
        bytes = ToUtf8(shown);
      }
      GILA_TRY(const Value raw, NewBytes(thread, bytes));
      GILA_TRY(value, Call(thread, converter, {raw}));
    } else if (row[i].type == SQLITE_TEXT) {
      GILA_TRY(value, Text(thread, self, i, row[i], args[1]));
    } else {
      GILA_TRY(value, FromCell(thread, row[i]));
    }
    result->items[i].Store(result, value);
  }
  Stepped stepped;
  Detachedly(thread, *connected, [&] {
    if (self->prepared->handle != nullptr) Step(*connected, self->prepared->handle, stepped);
  });
  GILA_TRY_VOID(Take(thread, self, stepped));
  return result;
}

Result<Value> Reset(Thread& thread, Args args) {
  auto* const self = args[0].As<Statement>();
  if (self->has_row) GILA_TRY_VOID(ResetRun(thread, self));
  return kNone;
}

// columns(): (name, declared type or "") of each, as a tuple. The same one again unless the tables
// have changed so that libsqlite3 compiled the statement anew.
Result<Value> Columns(Thread& thread, Args args) {
  auto* const self = args[0].As<Statement>();
  GILA_TRY(const std::shared_ptr<Connected> connected, Usable(thread, self));
  std::vector<std::pair<std::string, std::string>> names;
  int64_t compiled = 0;
  Value known = kUnbound;
  int64_t known_compiled = 0;
  {
    const ByteLockGuard guard(self->lock);
    known = self->columns.Load();
    known_compiled = self->compiled;
  }
  Shortly(thread, *connected, [&] {
    sqlite3_stmt* const handle = self->prepared->handle;
    if (handle != nullptr) compiled = sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_REPREPARE, 0);
    if (!known.IsUnbound() && known_compiled == compiled) return;
    known = kUnbound;
    for (int i = 0; handle != nullptr && i < sqlite3_column_count(handle); ++i) {
      const char *const name = sqlite3_column_name(handle, i), *const kind =
                                                                   sqlite3_column_decltype(handle,
                                                                                           i);
      names.emplace_back(name == nullptr ? "" : name, kind == nullptr ? "" : kind);
    }
  });
  if (!known.IsUnbound()) return known;
  GILA_TRY(Tuple* const result, NewTuple(thread, static_cast<int64_t>(names.size())));
  for (size_t i = 0; i < names.size(); ++i) {
    GILA_TRY(Str* const shown, NewStr(thread, names[i].first));
    GILA_TRY(Str* const declared, NewStr(thread, names[i].second));
    const Value pair[] = {shown, declared};
    GILA_TRY(Tuple* const tuple, NewTuple(thread, pair));
    result->items[i].Store(result, tuple);
  }
  {
    const ByteLockGuard guard(self->lock);
    self->compiled = compiled;
    self->columns.Store(self, result);
  }
  return result;
}

Result<Value> GetHasRow(Thread&, Value self) { return Value::Bool(self.As<Statement>()->has_row); }
Result<Value> GetChanges(Thread&, Value self) {
  return Value::SmallInt(self.As<Statement>()->changes);
}

constexpr NativeDef kMethods[] = {
    {"run", Run, "(self, parameters, /)", "Starts anew with these parameters; is there a row?"},
    {"take", TakeRow, "(self, text_factory, converters, /)", "The row at hand; steps to the next."},
    {"reset", Reset, "(self, /)", "Forgets the rows that are left."},
    {"columns", Columns, "(self, /)", "(name, declared type) of each column."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kGetSets[] = {
    {"has_row", GetHasRow, ReadonlyMember, "Is there a row to take?"},
    {"changes", GetChanges, ReadonlyMember, "Rows changed by the run that has ended."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "A prepared statement.",
                            .methods = kMethods,
                            .getsets = kGetSets,
                            .native_size = sizeof(Statement),
                            .kind_info = &kStatementKind};

}  // namespace

Result<Value> Prepare(Thread& thread, Args args) {
  auto* const database = args[0].As<Database>();
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, database));
  GILA_TRY(const std::string sql, Utf8Of(thread, args[1]));
  if (sql.find('\0') != std::string::npos)
    return RaiseNamed(thread, "ProgrammingError", "the query contains a null character");
  auto prepared = std::make_unique<Prepared>();
  int code = SQLITE_OK;
  bool more = false, too_long = false;
  Complaint complaint;
  Detachedly(thread, *connected, [&] {
    too_long = static_cast<int64_t>(sql.size()) >
               sqlite3_limit(connected->db, SQLITE_LIMIT_SQL_LENGTH, -1);
    if (too_long) return;
    const char* rest = nullptr;
    code = sqlite3_prepare_v2(connected->db, sql.c_str(), static_cast<int>(sql.size()) + 1,
                              &prepared->handle, &rest);
    if (code != SQLITE_OK) complaint = Describe(connected->db, code);
    more = code == SQLITE_OK && HasSql(rest);
    if (more) sqlite3_finalize(prepared->handle);
    if (code != SQLITE_OK || more || prepared->handle == nullptr) return;
    prepared->names = ParameterNames(prepared->handle);
    connected->statements.push_back(prepared.get());
  });
  if (thread.HasException()) return kFailed;
  if (too_long) return RaiseNamed(thread, "DataError", "query string is too large");
  if (code != SQLITE_OK) return RaiseComplaint(thread, complaint);
  if (more)
    return RaiseNamed(thread, "ProgrammingError", "You can only execute one statement at a time.");
  if (prepared->handle == nullptr) return kNone;
  Prepared* const kept = prepared.release();
  GILA_TRY(Object* const object, AllocateInstance(thread, statement_type));
  auto* const self = static_cast<Statement*>(object);
  self->shared = new std::shared_ptr<Connected>(connected);
  self->prepared = kept;
  self->row = new std::vector<Cell>();
  self->database.Store(self, database);
  self->columns.Store(self, kUnbound);
  self->changes = -1;
  heap::RegisterFinalizer(thread, self);
  return self;
}

Status AddStatementType(Thread& thread, Module* module) {
  GILA_TRY(statement_type, AddType(thread, module, kSpec, "sqlite3.Statement",
                                   RegisterKind(kStatementKind), sizeof(Statement), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&statement_type));
  return kOk;
}

}  // namespace gila::sqlite
