// pickle_internal.h: what the files of the native module _pickle share.
//
//   pickle_write.cc    the bytes of a pickle: opcodes, frames, the memo of what was written
//   pickle_save.cc     what each built-in type becomes; pickle_reduce.cc: instances, classes and
//   functions pickle_pickler.cc  the type Pickler and its memo pickle_read.cc     where the bytes
//   come from; pickle_load.cc: the machine that runs the opcodes pickle_build.cc    making objects:
//   classes by name, instances, their state pickle_unpickler.cc the type Unpickler and its memo;
//   pickle_buffer.cc: PickleBuffer pickle_module.cc   the exceptions, dump, dumps, load, loads
#ifndef GILA_STDLIB_PICKLE_INTERNAL_H_
#define GILA_STDLIB_PICKLE_INTERNAL_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila::pickling {

enum Opcode : uint8_t {
  kMark = '(',
  kStop = '.',
  kPop = '0',
  kPopMark = '1',
  kDup = '2',
  kFloat = 'F',
  kInt = 'I',
  kBinInt = 'J',
  kBinInt1 = 'K',
  kLong = 'L',
  kBinInt2 = 'M',
  kOpNone = 'N',
  kPersId = 'P',
  kBinPersId = 'Q',
  kReduce = 'R',
  kString = 'S',
  kBinString = 'T',
  kShortBinString = 'U',
  kUnicode = 'V',
  kBinUnicode = 'X',
  kAppend = 'a',
  kBuild = 'b',
  kGlobal = 'c',
  kDict = 'd',
  kEmptyDict = '}',
  kAppends = 'e',
  kGet = 'g',
  kBinGet = 'h',
  kInst = 'i',
  kLongBinGet = 'j',
  kList = 'l',
  kEmptyList = ']',
  kObj = 'o',
  kPut = 'p',
  kBinPut = 'q',
  kLongBinPut = 'r',
  kSetItem = 's',
  kTuple = 't',
  kEmptyTuple = ')',
  kSetItems = 'u',
  kBinFloat = 'G',
  kProto = 0x80,
  kNewObj,
  kExt1,
  kExt2,
  kExt4,
  kTuple1,
  kTuple2,
  kTuple3,
  kNewTrue,
  kNewFalse,
  kLong1,
  kLong4,
  kBinBytes = 'B',
  kShortBinBytes = 'C',
  kShortBinUnicode = 0x8c,
  kBinUnicode8,
  kBinBytes8,
  kEmptySet,
  kAddItems,
  kFrozenSet,
  kNewObjEx,
  kStackGlobal,
  kMemoize,
  kFrame,
  kByteArray8,
  kNextBuffer,
  kReadOnlyBuffer,
};
inline constexpr int kHighestProtocol = 5, kDefaultProtocol = 4;
inline constexpr int64_t kBatch = 1000;

extern Type *pickling_error, *unpickling_error, *pickler_type, *unpickler_type, *pickle_buffer_type;
extern uint8_t pickler_kind, unpickler_kind, pickle_buffer_kind;

// --- writing ---

// Which objects were written, and as which number. The words are only compared; `kept` (a List that
// whoever owns the table keeps alive) holds the objects.
class MemoTable {
 public:
  struct Entry {
    uint64_t word = 0;  // 0: free
    uint32_t index = 0;
  };
  size_t size() const { return used_; }
  const Entry* Find(Value v) const;
  void Add(Value v, uint32_t index);
  void Clear();
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  void Grow();
  std::vector<Entry> entries_;
  size_t used_ = 0;
};

struct PicklerObject : Object {
  Slot write;            // file.write
  Slot buffer_callback;  // None: buffers go into the pickle
  Slot dispatch_table;   // unbound: copyreg's
  Slot persistent_id;    // set on the instance; unbound: not
  PointerSlot<List> kept;
  MemoTable* memo;        // its own; null before __init__
  Atomic<uint64_t> user;  // the thread that dumps, by serial number; 0: none
  Atomic<int32_t> depth;
  uint8_t protocol, fix_imports;
  Atomic<uint8_t> fast;
};

// One dump. On the native stack, so that the collector sees what it holds.
class Saver {
 public:
  Saver(Thread& thread, int protocol, bool fix_imports, MemoTable* memo, List* kept);
  // The hooks of a pickler: persistent_id, reducer_override, dispatch_table, write.
  Status Adopt(PicklerObject* pickler);
  Status Dump(Value v);
  Result<Value> Bytes();  // of a dump without a write function

  Value write = kUnbound, buffer_callback = kNone;

 private:
  Status Save(Value v);
  Status SavePlain(Value v, bool* done);
  Status SaveContainer(Value v, bool* done);
  Status SaveInt(Value v);
  Status SaveFloat(double d);
  Status SaveStr(Str* s);
  Status SaveBytes(Value v);
  Status SaveByteArray(Value v);
  Status SaveBuffer(Value v);
  Status SaveTuple(Tuple* tuple);
  Status SaveList(List* list);
  Status SaveDict(Dict* dict);
  Status SaveSet(Value v, bool frozen);
  Status BatchList(Value iterator);
  Status BatchDict(Value iterator);
  Status SaveByReduction(Value v);
  Status SaveInstance(Value v, Value state);
  Status MemoizeMade(Value v);  // of an object whose arguments are written
  Status SaveReduction(Value reduction, Value v);
  Status SaveConstructor(Value callable, Tuple* args, Value v, bool has_object);
  Status SaveNewObjEx(Value callable, Tuple* args);
  Status SaveNewObj(Tuple* args, Value v, bool has_object);
  Status SaveType(Value v);
  Status SaveGlobal(Value v, Value name);
  Status SaveNamed(Value v, Value module_name, Value name, Value parent, bool nested);
  Result<bool> SaveExtension(Value module_name, Value name);
  Result<bool> SavePersistent(Value v);
  // reduce-style opcodes of older protocols: callable(*args) written by name.
  Status SaveCall(Value v, Value callable, std::initializer_list<Value> args);

  // pickle_write.cc
  void Put(uint8_t opcode);
  void Put(std::string_view bytes);
  void PutNumber(uint8_t opcode, uint64_t number, int bytes);
  Status PutLarge(std::string_view header, std::string_view payload);
  Status Boundary();
  Status EndFrame();
  Status Flush();
  Status Memoize(Value v);
  Status GetMemo(uint32_t index);
  bool InMemo(Value v, uint32_t* index) const;

  Thread& thread_;
  int protocol_;
  bool binary_, fix_imports_, fast_ = false, framing_ = false;
  MemoTable* memo_;
  List* kept_;
  Value common_table_ = kUnbound;  // copyreg's, once it was needed
  Value dispatch_table_ = kUnbound, persistent_id_ = kUnbound, reducer_override_ = kUnbound;
  std::string out_;
  size_t frame_start_ = kNoFrame;
  static constexpr size_t kNoFrame = ~size_t{0};
  std::vector<uint64_t> open_;  // fast mode: the containers being written, against cycles
};

// --- reading ---

struct UnpicklerObject : Object {
  Slot read, readline, peek, readinto;  // of the file; unbound: none
  Slot buffers;                         // an iterator, or unbound
  Slot encoding, errors;                // str
  Slot persistent_load;                 // set on the instance; unbound: not
  PointerSlot<Object> memo;             // ValueArray: index -> value, unbound: none
  PointerSlot<Dict> sparse_memo;        // indices far beyond what was read
  Atomic<int64_t> memo_size;
  Atomic<uint64_t> user;
  Atomic<uint8_t> protocol;  // of the pickle that is loaded
  uint8_t fix_imports, ready;
};

// The bytes of a pickle: of one bytes-like object, or of a file, read as they are asked for. On the
// native stack.
class Source {
 public:
  explicit Source(Thread& thread) : thread_(thread) {}
  void UseBytes(std::string_view bytes) {
    data_ = bytes.data();
    size_ = bytes.size();
  }
  void UseFile(UnpicklerObject* file) { file_ = file; }
  // The next `count` bytes, valid until the next call. EOFError, UnpicklingError.
  Result<std::string_view> Read(uint64_t count);
  Status ReadInto(uint8_t* out, uint64_t count);
  Result<uint8_t> ReadByte() {
    if (GILA_LIKELY(at_ < size_)) return static_cast<uint8_t>(data_[at_++]);
    GILA_TRY(const std::string_view one, Read(1));
    return static_cast<uint8_t>(one[0]);
  }
  // Up to and without the end of the line.
  Result<std::string_view> ReadLine();
  Status BeginFrame(uint64_t size);
  // Gives back to the file what was only looked at.
  Status Finish();

 private:
  Status Refill(uint64_t count);
  Status SkipPeeked();
  Status Take(Value bytes);
  Thread& thread_;
  const char* data_ = nullptr;
  size_t at_ = 0, size_ = 0;
  UnpicklerObject* file_ = nullptr;
  Value held_ = kUnbound;  // the object behind data_
  bool peeked_ = false;    // data_ is still to be read from the file
  uint64_t frame_left_ = 0;
};

// One load. On the native stack; its own stack of values is an array of the heap.
class Loader {
 public:
  Loader(Thread& thread, Source& source, UnpicklerObject* unpickler)
      : thread_(thread), source_(source), unpickler_(unpickler) {}
  Result<Value> Load();

  bool fix_imports = true;
  Value encoding = kUnbound, errors = kUnbound, buffers = kUnbound;

 private:
  Status Step(uint8_t opcode, bool* stop);
  Status StepNumber(uint8_t opcode);
  Status StepText(uint8_t opcode);
  Status StepContainer(uint8_t opcode);
  Status StepMemo(uint8_t opcode);
  Status StepObject(uint8_t opcode);

  Status Push(Value v);
  Result<Value> Pop();
  Result<Value> Top();
  Result<int64_t>
  PopToMark();  // the height that the mark is at; the values above it stay to be read
  Value At(int64_t i) const { return stack_->items[i].Load(); }
  void Drop(int64_t height);
  Result<Tuple*> TupleFrom(int64_t height);
  Result<Dict*> DictFrom(int64_t height);
  Failed Underflow();
  Status EndOfInput();
  Failed Raise(const char* format, ...) __attribute__((format(printf, 2, 3)));

  Result<uint64_t> Unsigned(int bytes);
  Status PushInt(int64_t i);
  Status LoadIntLine();
  Status LoadLongLine();
  Status LoadFloatLine();
  Status LoadLong(int size_bytes);
  Status LoadQuoted();
  Status LoadOldString(uint64_t size);
  Status LoadUnicode(int size_bytes);
  Status LoadUnicodeLine();
  Status LoadBytes(int size_bytes);
  Status LoadByteArray();
  Status LoadBuffer();
  Status AppendFrom(int64_t height);
  Status SetItemsFrom(int64_t height);
  Status AddItemsFrom(int64_t height);
  Status MemoPut(uint64_t index, Value v);
  Result<Value> MemoGet(uint64_t index);

  // pickle_build.cc
  Result<Value> FindClass(Value module_name, Value name);
  Status LoadGlobalLine();
  Status LoadStackGlobal();
  Status LoadExtension(int64_t code);
  Status LoadReduce();
  Status LoadNewObj(bool keywords);
  Status LoadBuild();
  Status LoadInst();
  Status LoadObj();
  Status LoadPersistent(Value id);  // unbound: it is on the stack
  Result<Value> Instantiate(Value cls, Tuple* args);

  Thread& thread_;
  Source& source_;
  UnpicklerObject* unpickler_;  // null: loads()
  int64_t protocol_ = 0;
  ValueArray* stack_ = nullptr;
  int64_t height_ = 0, floor_ = 0;  // values above the floor may be popped
  std::vector<int64_t> marks_;
  ValueArray* memo_ = nullptr;
  Dict* sparse_memo_ = nullptr;
  int64_t memo_size_ = 0;
  bool custom_find_ = false, custom_checked_ = false;
};

// What Unpickler.find_class does: the object `name` of the module, under the names of Python 2 when
// the protocol is old.
Result<Value> FindClassDefault(Thread& thread, int64_t protocol, bool fix_imports,
                               Value module_name, Value name) GILA_ATTACHED;
// value.a.b for "a.b". *parent: what the last name was looked up on. AttributeError.
Result<Value> DottedAttribute(Thread& thread, Value object, Value dotted,
                              Value* parent) GILA_ATTACHED;
// An attribute of a module that is imported when it is needed first.
Result<Value> ModuleAttribute(Thread& thread, const char* module, const char* name) GILA_ATTACHED;

// Only one thread works with a pickler at a time; the same thread may come back.
template <class T>
class InUse {
 public:
  InUse(Thread& thread, T* object) : object_(object), mine_(thread.serial + 1) {
    uint64_t free = 0;
    entered_ = object->user.CompareExchange(free, mine_);
    ok_ = entered_ || free == mine_;
  }
  ~InUse() {
    if (entered_) object_->user.Store(0);
  }
  InUse(const InUse&) = delete;
  bool ok() const { return ok_; }

 private:
  T* object_;
  uint64_t mine_;
  bool entered_, ok_;
};

Status AddPickler(Thread& thread, Module* module) GILA_ATTACHED;
Status AddUnpickler(Thread& thread, Module* module) GILA_ATTACHED;
Status AddPickleBuffer(Thread& thread, Module* module) GILA_ATTACHED;
// protocol=None, negative: TypeError or ValueError "pickle protocol must be <= 5".
Result<int> ReadProtocol(Thread& thread, Value v) GILA_ATTACHED;
// The view of a PickleBuffer; ValueError when it was released.
Result<Value> ViewOf(Thread& thread, Value pickle_buffer) GILA_ATTACHED;

}  // namespace gila::pickling

#endif  // GILA_STDLIB_PICKLE_INTERNAL_H_
