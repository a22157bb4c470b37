// sqlite_internal.h: the native half of sqlite3 (module _sqlite3): a database, its statements and
// blobs as they are in libsqlite3. What Python's module makes of them (connections, cursors,
// transactions, rows) is stdlib/lib/sqlite3.
//
// The rule about locks: libsqlite3 may call back into the program, which must attach for that. So
// whatever can wait for a database is done detached, and under the lock `use` of its Connected; a
// callback attaches while it holds that lock, and nobody waits for it attached. Values cross the
// border as cells, copies that need no attached thread. Nothing is closed by the collector, which
// may not wait: it hands the native part to the last owner of a Connected.
#ifndef GILA_STDLIB_SQLITE_INTERNAL_H_
#define GILA_STDLIB_SQLITE_INTERNAL_H_

#include <sqlite3.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila::sqlite {

// A value of SQL.
struct Cell {
  int type = SQLITE_NULL;
  int64_t integer = 0;
  double real = 0;
  std::string bytes;  // text or blob
};

// A prepared statement; null when its connection was closed.
struct Prepared {
  sqlite3_stmt* handle = nullptr;
  std::vector<std::string> names;  // of its parameters, "" for one without; never changed later
};

// An open database, shared by everything that works on it.
struct Connected {
  ~Connected();
  // Finalises what the collector found dead. `use` is held.
  void Sweep();
  // Ends the statements and the database. `use` is held, and nobody is inside.
  void End();

  std::recursive_mutex use;
  std::atomic<int> inside = 0;       // calls under way: what interrupt() can stop
  std::atomic<bool> closed = false;  // for the program; a call under way ends before the database
  std::mutex handle_lock;            // interrupt() needs `db` while another thread holds `use`
  sqlite3* db = nullptr;             // null when closed
  std::vector<Prepared*> statements;
  std::mutex dead_lock;  // never held over a call of libsqlite3
  std::vector<Prepared*> dead;
};

struct Database : Object {
  std::shared_ptr<Connected>* shared;  // null before open
  Slot kept;                           // dict: what libsqlite3 may call, so that it stays alive
};

struct Statement : Object {
  std::shared_ptr<Connected>* shared;
  Prepared* prepared;
  std::vector<Cell>* row;  // the row that was stepped to, when there is one
  Slot database;
  Slot columns;      // what columns() said last; unbound: not asked yet
  int64_t compiled;  // how often libsqlite3 had compiled the statement anew by then
  bool has_row;
  int64_t changes;  // of the last run that came to its end; -1: none
};

extern Type* database_type;
extern Type* statement_type;
extern Value adapt_function;    // adapt(value, protocol, fallback)
extern Atomic<bool> adapt_all;  // a program has adapters of int, float, str or bytearray

// Raises what a database says went wrong last; `code` is what the call answered. To be called
// attached.
struct Complaint {
  int code = SQLITE_OK, extended = SQLITE_OK;
  std::string text;
};
Complaint Describe(sqlite3* db, int code);
Failed RaiseComplaint(Thread& thread, const Complaint& complaint) GILA_ATTACHED;
// sqlite3.Error and its subclasses, by name: "ProgrammingError".
Failed RaiseNamed(Thread& thread, const char* class_name, const std::string& text) GILA_ATTACHED;

// The text of a str argument as UTF-8; UnicodeEncodeError for surrogates.
Result<std::string> Utf8Of(Thread& thread, Value str) GILA_ATTACHED;
// None, int, float, str or buffer as a cell: false when it is none of these.
Result<bool> ToCell(Thread& thread, Value value, Cell* cell) GILA_ATTACHED;
// A cell as a value, text as str.
Result<Value> FromCell(Thread& thread, const Cell& cell) GILA_ATTACHED;
Cell CellOf(sqlite3_value* value);

// Work on an open database, detached and under its lock. `work` may touch no value. What it calls
// back may close the database: then that happens when the outermost call has ended.
template <class Work>
void Detachedly(Thread& thread, Connected& connected, Work work) {
  AllowThreads detached(thread, Blocked::kOther);
  std::lock_guard<std::recursive_mutex> guard(connected.use);
  connected.Sweep();
  if (connected.closed) return;  // by another thread, or by a callback of a call under way
  ++connected.inside;
  work();
  if (--connected.inside == 0 && connected.closed) connected.End();
}

// The same for work that neither waits nor calls back. Attached, when nobody else is at the
// database: leaving and entering would take longer than the work.
template <class Work>
void Shortly(Thread& thread, Connected& connected, Work work) {
  const std::unique_lock<std::recursive_mutex> guard(connected.use, std::try_to_lock);
  if (!guard.owns_lock()) return Detachedly(thread, connected, work);
  if (!connected.closed) work();
}

// The shared part of an open database; raises for a closed one.
Result<std::shared_ptr<Connected>> Open(Thread& thread, Database* self) GILA_ATTACHED;

// sqlite_statement.cc, sqlite_callbacks.cc, sqlite_blob.cc
Result<Value> Prepare(Thread& thread, Args args) GILA_ATTACHED;
Status AddStatementType(Thread& thread, Module* module) GILA_ATTACHED;
extern const NativeDef kCallbackMethods[];
Status AddBlobTypes(Thread& thread, Module* module) GILA_ATTACHED;
Result<Value> OpenBlob(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> StartBackup(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> EnableTracebacks(Thread& thread, Args args) GILA_ATTACHED;

}  // namespace gila::sqlite

#endif  // GILA_STDLIB_SQLITE_INTERNAL_H_
