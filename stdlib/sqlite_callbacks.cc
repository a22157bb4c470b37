// sqlite_callbacks.cc: what a database calls while it works: functions, aggregates, windows and
// collations of the program, its handlers of progress, authorisation and traces. They run on the
// thread that made the call, which is detached: it attaches for them.
#include "runtime/call.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "stdlib/native_support.h"
#include "stdlib/sqlite_internal.h"

namespace gila::sqlite {

namespace {

std::atomic<bool> show_errors = false;

// What libsqlite3 keeps for us. The callable is alive in the database's dict `kept`.
struct Hook {
  Database* database;
  Value callable;
};
void FreeHook(void* hook) { delete static_cast<Hook*>(hook); }

// An exception of a callback ends there; a KeyboardInterrupt stays and comes out of the call.
void Swallow(Thread& thread, Value callable) GILA_ATTACHED {
  if (!thread.HasException() || thread.ExceptionMatches(TypeId::kKeyboardInterrupt)) return;
  if (show_errors.load()) {
    WriteUnraisable(thread, callable);
  } else {
    thread.ClearException();
  }
}

// --- results ---

// Gives a value back to the database; what it cannot hold is an error of the function.
bool Answer(Thread& thread, sqlite3_context* context, Value value) GILA_ATTACHED {
  Cell cell;
  const Result<bool> known = ToCell(thread, value, &cell);
  if (!known.ok() || !known.value()) return false;
  switch (cell.type) {
    case SQLITE_INTEGER:
      sqlite3_result_int64(context, cell.integer);
      break;
    case SQLITE_FLOAT:
      sqlite3_result_double(context, cell.real);
      break;
    case SQLITE_TEXT:
      sqlite3_result_text64(context, cell.bytes.data(), cell.bytes.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8);
      break;
    case SQLITE_BLOB:
      sqlite3_result_blob64(context, cell.bytes.data(), cell.bytes.size(), SQLITE_TRANSIENT);
      break;
    default:
      sqlite3_result_null(context);
  }
  return true;
}

void Fail(Thread& thread, sqlite3_context* context, Value callable,
          const char* words) GILA_ATTACHED {
  const bool memory = thread.ExceptionMatches(TypeId::kMemoryError);
  const bool overflow = thread.ExceptionMatches(TypeId::kOverflowError);
  Swallow(thread, callable);
  if (memory) return sqlite3_result_error_nomem(context);
  if (overflow) return sqlite3_result_error_toobig(context);
  sqlite3_result_error(context, words, -1);
}

Result<std::vector<Value>> Arguments(Thread& thread, int count, sqlite3_value** values,
                                     List* alive) GILA_ATTACHED {
  std::vector<Value> arguments;
  for (int i = 0; i < count; ++i) {
    GILA_TRY(const Value value, FromCell(thread, CellOf(values[i])));
    GILA_TRY_VOID(ListAppend(thread, alive, value));  // a vector is no root
    arguments.push_back(value);
  }
  return arguments;
}

Result<Value> CallWithCells(Thread& thread, Value callable, int count,
                            sqlite3_value** values) GILA_ATTACHED {
  GILA_TRY(List* const alive, NewList(thread));
  GILA_TRY(const std::vector<Value> arguments, Arguments(thread, count, values, alive));
  return Call(thread, callable, std::span<const Value>(arguments));
}

void CallFunction(sqlite3_context* context, int count, sqlite3_value** values) {
  AttachedForCallback attached;
  Thread& thread = *attached.thread();
  const Value callable = static_cast<Hook*>(sqlite3_user_data(context))->callable;
  const Result<Value> answer = CallWithCells(thread, callable, count, values);
  if (!answer.ok() || !Answer(thread, context, answer.value()))
    Fail(thread, context, callable, "user-defined function raised exception");
}

// --- aggregates: the instance lies in the dict `kept`, under the address of its context ---

Value* Place(sqlite3_context* context, bool make) {
  return static_cast<Value*>(sqlite3_aggregate_context(context, make ? sizeof(Value) : 0));
}

Value KeyOf(const Value* place) {
  return Value::SmallInt(static_cast<int64_t>(reinterpret_cast<uintptr_t>(place) >> 2));
}

Result<Value> Instance(Thread& thread, sqlite3_context* context, Hook* hook) GILA_ATTACHED {
  Value* const place = Place(context, true);
  if (place == nullptr) return thread.RaiseMemoryError();
  if (place->word() != 0) return *place;
  GILA_TRY(const Value made, Call(thread, hook->callable, {}));
  GILA_TRY_VOID(DictSet(thread, hook->database->kept.Load().As<Dict>(), KeyOf(place), made));
  *place = made;
  return made;
}

void Feed(sqlite3_context* context, int count, sqlite3_value** values, const char* name) {
  AttachedForCallback attached;
  Thread& thread = *attached.thread();
  auto* const hook = static_cast<Hook*>(sqlite3_user_data(context));
  const Result<Value> instance = Instance(thread, context, hook);
  if (!instance.ok())
    return Fail(thread, context, hook->callable,
                "user-defined aggregate's '__init__' method raised error");
  const Result<Value> method = GetAttr(thread, instance.value(), Intern(thread, name));
  const std::string words = std::string("user-defined aggregate's '") + name + "' method " +
                            (method.ok() ? "raised error" : "not defined");
  if (!method.ok()) return Fail(thread, context, hook->callable, words.c_str());
  if (!CallWithCells(thread, method.value(), count, values).ok())
    Fail(thread, context, hook->callable, words.c_str());
}
void StepAggregate(sqlite3_context* context, int count, sqlite3_value** values) {
  Feed(context, count, values, "step");
}
void StepBack(sqlite3_context* context, int count, sqlite3_value** values) {
  Feed(context, count, values, "inverse");
}

void Ask(sqlite3_context* context, const char* name, bool last) {
  AttachedForCallback attached;
  Thread& thread = *attached.thread();
  auto* const hook = static_cast<Hook*>(sqlite3_user_data(context));
  Value* const place = Place(context, false);
  if (place == nullptr || place->word() == 0) return;
  // When the call ends with an error, only this is left to do.
  const Value waiting = thread.TakeException();
  const Result<Value> method = GetAttr(thread, *place, Intern(thread, name));
  const std::string words = std::string("user-defined aggregate's '") + name + "' method " +
                            (method.ok() ? "raised error" : "not defined");
  const Result<Value> answer = method.ok() ? Call(thread, method.value(), {}) : method;
  if (!answer.ok() || !Answer(thread, context, answer.value()))
    Fail(thread, context, hook->callable, words.c_str());
  if (!waiting.IsUnbound()) thread.exception = waiting;
  if (!last) return;
  const Value before = thread.TakeException();
  if (!DictPop(thread, hook->database->kept.Load().As<Dict>(), KeyOf(place)).ok())
    thread.ClearException();
  thread.exception = before;
  *place = Value();
}
void FinishAggregate(sqlite3_context* context) { Ask(context, "finalize", true); }
void WindowValue(sqlite3_context* context) { Ask(context, "value", false); }

// --- the other hooks ---

int Collate(void* data, int left_size, const void* left, int right_size, const void* right) {
  AttachedForCallback attached;
  Thread& thread = *attached.thread();
  const Value callable = static_cast<Hook*>(data)->callable;
  if (thread.HasException()) return 0;
  const auto compare = [&]() GILA_ATTACHED -> Result<int64_t> {
    Cell cell;
    cell.type = SQLITE_TEXT;
    cell.bytes.assign(static_cast<const char*>(left), static_cast<size_t>(left_size));
    GILA_TRY(const Value first, FromCell(thread, cell));
    cell.bytes.assign(static_cast<const char*>(right), static_cast<size_t>(right_size));
    GILA_TRY(const Value second, FromCell(thread, cell));
    GILA_TRY(const Value answer, Call(thread, callable, {first, second}));
    GILA_TRY(const bool below, CompareBool(thread, CompareOp::kLt, answer, Value::SmallInt(0)));
    GILA_TRY(const bool above, CompareBool(thread, CompareOp::kGt, answer, Value::SmallInt(0)));
    return above - below;
  };
  const Result<int64_t> order = compare();
  if (order.ok()) return static_cast<int>(order.value());
  Swallow(thread, callable);
  return 0;
}

int Progress(void* data) {
  AttachedForCallback attached;
  Thread& thread = *attached.thread();
  const Value callable = static_cast<Hook*>(data)->callable;
  const Result<Value> answer = Call(thread, callable, {});
  const Result<bool> stop = answer.ok() ? Truth(thread, answer.value()) : Result<bool>(kFailed);
  if (stop.ok()) return stop.value();
  Swallow(thread, callable);
  return 1;
}

int Authorize(void* data, int action, const char* a, const char* b, const char* c, const char* d) {
  AttachedForCallback attached;
  Thread& thread = *attached.thread();
  const Value callable = static_cast<Hook*>(data)->callable;
  const auto ask = [&]() GILA_ATTACHED -> Result<int64_t> {
    GILA_TRY(List* const list, NewList(thread));
    GILA_TRY_VOID(ListAppend(thread, list, Value::SmallInt(action)));
    for (const char* text : {a, b, c, d}) {
      Value value = kNone;
      if (text != nullptr) {
        GILA_TRY(value, NewStr(thread, text));
      }
      GILA_TRY_VOID(ListAppend(thread, list, value));
    }
    GILA_TRY(Tuple* const arguments, ListToTuple(thread, list));
    GILA_TRY(const Value answer, CallWith(thread, callable, arguments, kUnbound));
    if (!IsExactInt(answer)) return thread.RaiseTypeError("no int");
    return ToInt64(thread, answer);
  };
  const Result<int64_t> answer = ask();
  if (answer.ok() && answer.value() >= INT_MIN && answer.value() <= INT_MAX)
    return static_cast<int>(answer.value());
  Swallow(thread, callable);
  return SQLITE_DENY;
}

int Trace(unsigned kind, void* data, void* statement, void* text) {
  if (kind != SQLITE_TRACE_STMT) return 0;
  AttachedForCallback attached;
  Thread& thread = *attached.thread();
  const Value callable = static_cast<Hook*>(data)->callable;
  char* const expanded = sqlite3_expanded_sql(static_cast<sqlite3_stmt*>(statement));
  const char* const shown = expanded != nullptr ? expanded : static_cast<const char*>(text);
  const bool trigger =
      static_cast<const char*>(text)[0] == '-' && static_cast<const char*>(text)[1] == '-';
  const Result<Str*> words = NewStr(thread, trigger ? static_cast<const char*>(text) : shown);
  if (!words.ok() || !Call(thread, callable, {Value(words.value())}).ok())
    Swallow(thread, callable);
  sqlite3_free(expanded);
  return 0;
}

// --- installing them ---

// Keeps the callable alive under a name, for as long as the database lives or another takes its
// place.
Result<Hook*> Keep(Thread& thread, Database* database, const std::string& name,
                   Value callable) GILA_ATTACHED {
  // An earlier one of that name may run right now: it stays alive in the new entry's company.
  GILA_TRY(Str* const key, NewStr(thread, name));
  Dict* const kept = database->kept.Load().As<Dict>();
  GILA_TRY(const Value earlier, DictGet(thread, kept, key));
  const Value pair[] = {callable, earlier.IsUnbound() || !IsTuple(earlier)
                                      ? kNone
                                      : earlier.As<Tuple>()->items[0].Load()};
  GILA_TRY(Tuple* const both, NewTuple(thread, pair));
  GILA_TRY_VOID(DictSet(thread, kept, key, both));
  return new Hook{database, callable};
}

// `problem` is what an OperationalError says when it fails, "" a ProgrammingError with the
// library's words; null: what the library's code means.
template <class Install>
Result<Value> Set(Thread& thread, Args args, const std::string& name, Value callable,
                  const char* problem, Install install) GILA_ATTACHED {
  auto* const database = args[0].As<Database>();
  GILA_TRY(const std::shared_ptr<Connected> connected, Open(thread, database));
  Hook* hook = nullptr;
  if (!callable.IsNone()) {
    GILA_TRY(hook, Keep(thread, database, name, callable));
  }
  int code = SQLITE_OK;
  Complaint complaint;
  Detachedly(thread, *connected, [&] {
    code = install(connected->db, hook);
    if (code != SQLITE_OK) complaint = Describe(connected->db, code);
  });
  if (code == SQLITE_OK) return kNone;
  if (problem == nullptr) return RaiseComplaint(thread, complaint);
  if (*problem == '\0') return RaiseNamed(thread, "ProgrammingError", complaint.text);
  return RaiseNamed(thread, "OperationalError", problem);
}

Result<Value> CreateFunction(Thread& thread, Args args) {
  GILA_TRY(const std::string name, Utf8Of(thread, args[1]));
  GILA_TRY(const int64_t count, ToInt64(thread, args[2]));
  GILA_TRY(const bool deterministic, Truth(thread, args[4]));
  const int flags = SQLITE_UTF8 | (deterministic ? SQLITE_DETERMINISTIC : 0);
  return Set(thread, args, "f" + name + std::to_string(count), args[3], "Error creating function",
             [&](sqlite3* db, Hook* hook) {
               return sqlite3_create_function_v2(db, name.c_str(), static_cast<int>(count), flags,
                                                 hook, hook ? CallFunction : nullptr, nullptr,
                                                 nullptr, FreeHook);
             });
}

Result<Value> CreateAggregate(Thread& thread, Args args) {
  GILA_TRY(const std::string name, Utf8Of(thread, args[1]));
  GILA_TRY(const int64_t count, ToInt64(thread, args[2]));
  return Set(thread, args, "f" + name + std::to_string(count), args[3], "Error creating aggregate",
             [&](sqlite3* db, Hook* hook) {
               return sqlite3_create_function_v2(
                   db, name.c_str(), static_cast<int>(count), SQLITE_UTF8, hook, nullptr,
                   hook ? StepAggregate : nullptr, hook ? FinishAggregate : nullptr, FreeHook);
             });
}

Result<Value> CreateWindow(Thread& thread, Args args) {
  GILA_TRY(const std::string name, Utf8Of(thread, args[1]));
  GILA_TRY(const int64_t count, ToInt64(thread, args[2]));
  return Set(thread, args, "f" + name + std::to_string(count), args[3], "",
             [&](sqlite3* db, Hook* hook) {
               return hook == nullptr
                          ? sqlite3_create_function_v2(db, name.c_str(), static_cast<int>(count),
                                                       SQLITE_UTF8, nullptr, nullptr, nullptr,
                                                       nullptr, nullptr)
                          : sqlite3_create_window_function(
                                db, name.c_str(), static_cast<int>(count), SQLITE_UTF8, hook,
                                StepAggregate, FinishAggregate, WindowValue, StepBack, FreeHook);
             });
}

Result<Value> CreateCollation(Thread& thread, Args args) {
  GILA_TRY(const std::string name, Utf8Of(thread, args[1]));
  return Set(thread, args, "c" + name, args[2], nullptr, [&](sqlite3* db, Hook* hook) {
    return sqlite3_create_collation_v2(db, name.c_str(), SQLITE_UTF8, hook,
                                       hook ? Collate : nullptr, FreeHook);
  });
}

// These have no destructor of their own in libsqlite3: a hook that was replaced is left behind, a
// few bytes.
Result<Value> SetProgress(Thread& thread, Args args) {
  GILA_TRY(const int64_t steps, ToInt64(thread, args[2]));
  return Set(thread, args, "progress", args[1], nullptr, [&](sqlite3* db, Hook* hook) {
    sqlite3_progress_handler(db, static_cast<int>(steps), hook ? Progress : nullptr, hook);
    return SQLITE_OK;
  });
}
Result<Value> SetAuthorizer(Thread& thread, Args args) {
  return Set(thread, args, "authorizer", args[1], "Error setting authorizer callback",
             [](sqlite3* db, Hook* hook) {
               return sqlite3_set_authorizer(db, hook ? Authorize : nullptr, hook);
             });
}
Result<Value> SetTrace(Thread& thread, Args args) {
  return Set(thread, args, "trace", args[1], nullptr, [](sqlite3* db, Hook* hook) {
    return sqlite3_trace_v2(db, hook ? SQLITE_TRACE_STMT : 0, hook ? Trace : nullptr, hook);
  });
}

}  // namespace

Result<Value> EnableTracebacks(Thread& thread, Args args) {
  GILA_TRY(const bool on, Truth(thread, args[0]));
  show_errors.store(on);
  return kNone;
}

const NativeDef kCallbackMethods[] = {
    {"create_function", CreateFunction, "(self, name, count, function, deterministic, /)",
     "A function of SQL."},
    {"create_aggregate", CreateAggregate, "(self, name, count, maker, /)", "An aggregate of SQL."},
    {"create_window", CreateWindow, "(self, name, count, maker, /)",
     "An aggregate that can go back."},
    {"create_collation", CreateCollation, "(self, name, function, /)", "An order of texts."},
    {"set_progress", SetProgress, "(self, function, steps, /)", "Called every so many steps."},
    {"set_authorizer", SetAuthorizer, "(self, function, /)", "Asked what a statement may do."},
    {"set_trace", SetTrace, "(self, function, /)", "Told each statement."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::sqlite
