// pickle_load.cc: the machine that runs a pickle: a stack of values, marks in it, a memo. What
// makes objects is in pickle_build.cc. A pickle is not to be trusted: every pop looks whether there
// is something, a length reserves nothing before its bytes are there, and an index far beyond what
// was written goes into a dict.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdarg>
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "stdlib/native_support.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

Failed Loader::Raise(const char* format, ...) {
  char text[400];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return RaiseOfType(thread_, unpickling_error, text);
}

Failed Loader::Underflow() {
  return Raise(marks_.empty() ? "unpickling stack underflow" : "unexpected MARK found");
}

Status Loader::Push(Value v) {
  if (GILA_UNLIKELY(height_ == stack_->length)) {
    GILA_TRY(ValueArray* const larger, NewValueArray(thread_, stack_->length * 2));
    for (int64_t i = 0; i < height_; ++i) larger->items[i].Store(larger, At(i));
    stack_ = larger;
  }
  stack_->items[height_++].Store(stack_, v);
  return kOk;
}

Result<Value> Loader::Pop() {
  if (GILA_UNLIKELY(height_ <= floor_)) return Underflow();
  return At(--height_);
}

Result<Value> Loader::Top() {
  if (GILA_UNLIKELY(height_ <= floor_)) return Underflow();
  return At(height_ - 1);
}

Result<int64_t> Loader::PopToMark() {
  if (GILA_UNLIKELY(marks_.empty())) return Raise("could not find MARK");
  const int64_t mark = marks_.back();
  marks_.pop_back();
  floor_ = marks_.empty() ? 0 : marks_.back();
  return mark;
}

void Loader::Drop(int64_t height) { height_ = height; }

Result<Tuple*> Loader::TupleFrom(int64_t height) {
  GILA_TRY(Tuple* const tuple, NewTuple(thread_, height_ - height));
  for (int64_t i = height; i < height_; ++i) tuple->items[i - height].Init(At(i));
  Drop(height);
  return tuple;
}

Result<Dict*> Loader::DictFrom(int64_t height) {
  if ((height_ - height) % 2 != 0) return Raise("odd number of items for DICT");
  GILA_TRY(Dict* const dict, NewDict(thread_, (height_ - height) / 2));
  for (int64_t i = height; i < height_; i += 2)
    GILA_TRY_VOID(DictSet(thread_, dict, At(i), At(i + 1)));
  Drop(height);
  return dict;
}

Result<uint64_t> Loader::Unsigned(int bytes) {
  GILA_TRY(const std::string_view text, source_.Read(static_cast<uint64_t>(bytes)));
  uint64_t number = 0;
  for (int i = 0; i < bytes; ++i)
    number |= static_cast<uint64_t>(static_cast<uint8_t>(text[static_cast<size_t>(i)])) << (8 * i);
  return number;
}

Status Loader::PushInt(int64_t i) {
  GILA_TRY(const Value value, NewInt(thread_, i));
  return Push(value);
}

// --- numbers and text ---

Status Loader::LoadIntLine() {
  GILA_TRY(const std::string_view line, source_.ReadLine());
  if (line == "00" || line == "01") return Push(Value::Bool(line == "01"));
  GILA_TRY(const Value text, NewBytes(thread_, line));
  const Result<Value> number = ParseInt(thread_, text, 0);
  if (number.ok()) return Push(number.value());
  thread_.ClearException();
  return thread_.RaiseValueError("could not convert string to int");
}

Status Loader::LoadLongLine() {
  GILA_TRY(std::string_view line, source_.ReadLine());
  if (!line.empty() && line.back() == 'L') line.remove_suffix(1);
  GILA_TRY(const Value text, NewBytes(thread_, line));
  GILA_TRY(const Value number, ParseInt(thread_, text, 0));
  return Push(number);
}

Status Loader::LoadFloatLine() {
  GILA_TRY(const std::string_view line, source_.ReadLine());
  GILA_TRY(const Value text, NewBytes(thread_, line));
  GILA_TRY(const double d, ParseFloat(thread_, text));
  GILA_TRY(const Value number, NewFloat(thread_, d));
  return Push(number);
}

Status Loader::LoadLong(int size_bytes) {
  GILA_TRY(const uint64_t size, Unsigned(size_bytes));
  if (size_bytes == 4 && static_cast<int32_t>(size) < 0)
    return Raise("LONG pickle has negative byte count");
  GILA_TRY(const std::string_view bytes, source_.Read(size));
  GILA_TRY(const Value number, NewIntFromBytes(thread_, bytes, true));
  return Push(number);
}

// A str of Python 2: as bytes, or by the encoding asked for.
Status Loader::LoadOldString(uint64_t size) {
  GILA_TRY(const std::string_view bytes, source_.Read(size));
  const std::string name = encoding.IsUnbound() ? "ASCII" : ToUtf8(encoding);
  if (name == "bytes") {
    GILA_TRY(const Value value, NewBytes(thread_, bytes));
    return Push(value);
  }
  const std::string how = errors.IsUnbound() ? "strict" : ToUtf8(errors);
  GILA_TRY(Str* const text, DecodeBytes(thread_, bytes, name, how));
  return Push(text);
}

namespace {
int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The text of a bytes literal, its escapes read. False when one is broken.
bool Unescape(std::string_view text, std::string* out) {
  static constexpr std::string_view kLetters = "\\'\"abfnrtv", kMeanings = "\\'\"\a\b\f\n\r\t\v";
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      *out += text[i];
      continue;
    }
    if (++i == text.size()) return false;
    const size_t letter = kLetters.find(text[i]);
    if (letter != std::string_view::npos) {
      *out += kMeanings[letter];
    } else if (text[i] >= '0' && text[i] <= '7') {
      int value = 0;
      for (int digits = 0; digits < 3 && i < text.size() && text[i] >= '0' && text[i] <= '7';
           ++digits, ++i)
        value = value * 8 + (text[i] - '0');
      *out += static_cast<char>(value);
      --i;
    } else if (text[i] == 'x') {
      if (i + 2 >= text.size() || HexValue(text[i + 1]) < 0 || HexValue(text[i + 2]) < 0)
        return false;
      *out += static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      *out += '\\';
      *out += text[i];
    }
  }
  return true;
}
}  // namespace

Status Loader::LoadQuoted() {
  GILA_TRY(std::string_view line, source_.ReadLine());
  if (line.size() < 2 || line.front() != line.back() ||
      (line.front() != '\'' && line.front() != '"'))
    return Raise("the STRING opcode argument must be quoted");
  std::string plain;
  if (!Unescape(line.substr(1, line.size() - 2), &plain))
    return thread_.RaiseValueError("invalid escape in a STRING opcode");
  const std::string name = encoding.IsUnbound() ? "ASCII" : ToUtf8(encoding);
  if (name == "bytes") {
    GILA_TRY(const Value bytes, NewBytes(thread_, plain));
    return Push(bytes);
  }
  const std::string how = errors.IsUnbound() ? "strict" : ToUtf8(errors);
  GILA_TRY(Str* const text, DecodeBytes(thread_, plain, name, how));
  return Push(text);
}

Status Loader::LoadUnicode(int size_bytes) {
  GILA_TRY(const uint64_t size, Unsigned(size_bytes));
  if (size > INT64_MAX)
    return thread_.Raise(TypeId::kOverflowError,
                         "BINUNICODE exceeds system's maximum size of 9223372036854775807 bytes");
  GILA_TRY(const std::string_view bytes, source_.Read(size));
  uint8_t any = 0;
  for (const char c : bytes) any |= static_cast<uint8_t>(c);
  if (GILA_LIKELY(any < 0x80)) {
    GILA_TRY(Str* const text, NewStrLatin1(thread_, bytes));
    return Push(text);
  }
  GILA_TRY(Str* const text, DecodeBytes(thread_, bytes, "utf-8", "surrogatepass"));
  return Push(text);
}

Status Loader::LoadUnicodeLine() {
  GILA_TRY(const std::string_view line, source_.ReadLine());
  GILA_TRY(Str* const text, DecodeBytes(thread_, line, "raw-unicode-escape", "strict"));
  return Push(text);
}

Status Loader::LoadBytes(int size_bytes) {
  GILA_TRY(const uint64_t size, Unsigned(size_bytes));
  if (size > INT64_MAX)
    return thread_.Raise(TypeId::kOverflowError,
                         "BINBYTES exceeds system's maximum size of 9223372036854775807 bytes");
  GILA_TRY(const std::string_view bytes, source_.Read(size));
  GILA_TRY(const Value value, NewBytes(thread_, bytes));
  return Push(value);
}

Status Loader::LoadByteArray() {
  GILA_TRY(const uint64_t size, Unsigned(8));
  if (size > INT64_MAX)
    return thread_.Raise(TypeId::kOverflowError,
                         "BYTEARRAY8 exceeds system's maximum size of 9223372036854775807 bytes");
  GILA_TRY(const std::string_view bytes, source_.Read(size));
  GILA_TRY(const Value value, NewByteArray(thread_, bytes));
  return Push(value);
}

Status Loader::LoadBuffer() {
  if (buffers.IsUnbound() || buffers.IsNone())
    return Raise("pickle stream refers to out-of-band data but no *buffers* argument was given");
  GILA_TRY(const Value buffer, Next(thread_, buffers));
  if (buffer.IsUnbound()) return Raise("not enough out-of-band buffers");
  return Push(buffer);
}

Status Loader::StepNumber(uint8_t opcode) {
  switch (opcode) {
    case kBinInt: {
      GILA_TRY(const uint64_t number, Unsigned(4));
      return Push(Value::SmallInt(static_cast<int32_t>(number)));
    }
    case kBinInt1: {
      GILA_TRY(const uint8_t number, source_.ReadByte());
      return Push(Value::SmallInt(number));
    }
    case kBinInt2: {
      GILA_TRY(const uint64_t number, Unsigned(2));
      return Push(Value::SmallInt(static_cast<int64_t>(number)));
    }
    case kBinFloat: {
      GILA_TRY(const uint64_t bits, Unsigned(8));
      GILA_TRY(const Value number,
               NewFloat(thread_, std::bit_cast<double>(__builtin_bswap64(bits))));
      return Push(number);
    }
    case kInt:
      return LoadIntLine();
    case kLong:
      return LoadLongLine();
    case kLong1:
      return LoadLong(1);
    case kLong4:
      return LoadLong(4);
    default:
      return LoadFloatLine();
  }
}

Status Loader::StepText(uint8_t opcode) {
  switch (opcode) {
    case kShortBinUnicode:
      return LoadUnicode(1);
    case kBinUnicode:
      return LoadUnicode(4);
    case kBinUnicode8:
      return LoadUnicode(8);
    case kUnicode:
      return LoadUnicodeLine();
    case kShortBinBytes:
      return LoadBytes(1);
    case kBinBytes:
      return LoadBytes(4);
    case kBinBytes8:
      return LoadBytes(8);
    case kByteArray8:
      return LoadByteArray();
    case kString:
      return LoadQuoted();
    case kShortBinString: {
      GILA_TRY(const uint64_t size, Unsigned(1));
      return LoadOldString(size);
    }
    default: {
      GILA_TRY(const uint64_t size, Unsigned(4));
      if (static_cast<int32_t>(size) < 0) return Raise("BINSTRING pickle has negative byte count");
      return LoadOldString(size);
    }
  }
}

// --- containers ---

Status Loader::AppendFrom(int64_t height) {
  if (height_ < height || height <= floor_) return Underflow();
  if (height == height_) return kOk;
  const Value list = At(height - 1);
  if (IsExactly(list, TypeId::kList)) {
    for (int64_t i = height; i < height_; ++i)
      GILA_TRY_VOID(ListAppend(thread_, list.As<List>(), At(i)));
    Drop(height);
    return kOk;
  }
  GILA_TRY(const Value extend, GetAttrOrUnbound(thread_, list, Intern(thread_, "extend")));
  if (!extend.IsUnbound()) {
    GILA_TRY(List* const items, NewList(thread_));
    for (int64_t i = height; i < height_; ++i) GILA_TRY_VOID(ListAppend(thread_, items, At(i)));
    Drop(height);
    return Status(Call(thread_, extend, {items}).ok() ? kOk : Status(kFailed));
  }
  GILA_TRY(const Value append, GetAttr(thread_, list, Intern(thread_, "append")));
  GILA_TRY(Tuple* const items, TupleFrom(height));
  for (int64_t i = 0; i < items->length; ++i) GILA_TRY_VOID(Call(thread_, append, {items->At(i)}));
  return kOk;
}

Status Loader::SetItemsFrom(int64_t height) {
  if (height_ < height || height <= floor_) return Underflow();
  if (height == height_) return kOk;
  if ((height_ - height) % 2 != 0) return Raise("odd number of items for SETITEMS");
  const Value dict = At(height - 1);
  const bool plain = IsExactly(dict, TypeId::kDict);
  for (int64_t i = height; i < height_; i += 2)
    GILA_TRY_VOID(plain ? DictSet(thread_, dict.As<Dict>(), At(i), At(i + 1))
                        : SetItem(thread_, dict, At(i), At(i + 1)));
  Drop(height);
  return kOk;
}

Status Loader::AddItemsFrom(int64_t height) {
  if (height_ < height || height <= floor_) return Underflow();
  if (height == height_) return kOk;
  const Value set = At(height - 1);
  GILA_TRY(Tuple* const items, TupleFrom(height));
  if (IsKind(set, kKindSet)) return SetUpdate(thread_, set.As<Set>(), items);
  GILA_TRY(const Value add, GetAttr(thread_, set, Intern(thread_, "add")));
  for (int64_t i = 0; i < items->length; ++i) GILA_TRY_VOID(Call(thread_, add, {items->At(i)}));
  return kOk;
}

Status Loader::StepContainer(uint8_t opcode) {
  switch (opcode) {
    case kEmptyTuple:
      return Push(empty_tuple);
    case kEmptyList: {
      GILA_TRY(List* const list, NewList(thread_));
      return Push(list);
    }
    case kEmptyDict: {
      GILA_TRY(Dict* const dict, NewDict(thread_));
      return Push(dict);
    }
    case kEmptySet: {
      GILA_TRY(Set* const set, NewSet(thread_, TypeId::kSet));
      return Push(set);
    }
    case kTuple1:
    case kTuple2:
    case kTuple3: {
      const int64_t height = height_ - (opcode - kTuple1 + 1);
      if (height < floor_) return Underflow();
      GILA_TRY(Tuple* const tuple, TupleFrom(height));
      return Push(tuple);
    }
    case kAppend:
      if (height_ - 1 <= floor_) return Underflow();
      return AppendFrom(height_ - 1);
    case kSetItem:
      if (height_ - 2 <= floor_) return Underflow();
      return SetItemsFrom(height_ - 2);
    default:
      break;
  }
  GILA_TRY(const int64_t mark, PopToMark());
  switch (opcode) {
    case kAppends:
      return AppendFrom(mark);
    case kSetItems:
      return SetItemsFrom(mark);
    case kAddItems:
      return AddItemsFrom(mark);
    case kTuple: {
      GILA_TRY(Tuple* const tuple, TupleFrom(mark));
      return Push(tuple);
    }
    case kList: {
      GILA_TRY(Tuple* const items, TupleFrom(mark));
      GILA_TRY(List* const list, ToList(thread_, items));
      return Push(list);
    }
    case kDict: {
      GILA_TRY(Dict* const dict, DictFrom(mark));
      return Push(dict);
    }
    default: {
      GILA_TRY(Tuple* const items, TupleFrom(mark));
      const Value arguments[] = {items};
      GILA_TRY(const Value frozen, Call(thread_, GetType(TypeId::kFrozenSet), arguments));
      return Push(frozen);
    }
  }
}

// --- memo ---

Status Loader::MemoPut(uint64_t index, Value v) {
  constexpr int64_t kAhead = 1024;
  if (index >= static_cast<uint64_t>(memo_size_ * 2 + kAhead)) {
    if (sparse_memo_ == nullptr) {
      GILA_TRY(sparse_memo_, NewDict(thread_));
    }
    return DictSet(thread_, sparse_memo_, Value::SmallInt(static_cast<int64_t>(index & UINT32_MAX)),
                   v);
  }
  const auto place = static_cast<int64_t>(index);
  if (place >= memo_->length) {
    GILA_TRY(ValueArray* const larger, NewValueArray(thread_, (place + 1) * 2));
    for (int64_t i = 0; i < larger->length; ++i)
      larger->items[i].Store(larger, i < memo_->length ? memo_->items[i].Load() : kUnbound);
    memo_ = larger;
  }
  memo_->items[place].Store(memo_, v);
  if (place >= memo_size_) memo_size_ = place + 1;
  return kOk;
}

Result<Value> Loader::MemoGet(uint64_t index) {
  if (index < static_cast<uint64_t>(memo_->length)) {
    const Value found = memo_->items[index].Load();
    if (GILA_LIKELY(!found.IsUnbound())) return found;
  }
  if (sparse_memo_ != nullptr) {
    GILA_TRY(const Value found,
             DictGet(thread_, sparse_memo_, Value::SmallInt(static_cast<int64_t>(index))));
    if (!found.IsUnbound()) return found;
  }
  return Raise("Memo value not found at index %llu", static_cast<unsigned long long>(index));
}

Status Loader::StepMemo(uint8_t opcode) {
  uint64_t index = 0;
  bool get = false;
  switch (opcode) {
    case kMemoize: {
      GILA_TRY(const Value top, Top());
      return MemoPut(static_cast<uint64_t>(memo_size_), top);
    }
    case kGet:
    case kPut: {
      get = opcode == kGet;
      GILA_TRY(const std::string_view line, source_.ReadLine());
      GILA_TRY(const Value text, NewBytes(thread_, line));
      GILA_TRY(const Value number, ParseInt(thread_, text, 10));
      int64_t i;
      if (!TryInt64(number, &i) || i > UINT32_MAX || i < 0) {
        if (!get) return thread_.RaiseValueError("negative PUT argument");
        return Raise("Memo value not found at index %s", std::string(line.substr(0, 40)).c_str());
      }
      index = static_cast<uint64_t>(i);
      break;
    }
    case kBinGet:
    case kBinPut: {
      get = opcode == kBinGet;
      GILA_TRY(index, source_.ReadByte());
      break;
    }
    default: {
      get = opcode == kLongBinGet;
      GILA_TRY(index, Unsigned(4));
      break;
    }
  }
  if (get) {
    GILA_TRY(const Value value, MemoGet(index));
    return Push(value);
  }
  GILA_TRY(const Value top, Top());
  return MemoPut(index, top);
}

// --- the loop ---

Status Loader::StepObject(uint8_t opcode) {
  switch (opcode) {
    case kGlobal:
      return LoadGlobalLine();
    case kStackGlobal:
      return LoadStackGlobal();
    case kReduce:
      return LoadReduce();
    case kNewObj:
      return LoadNewObj(false);
    case kNewObjEx:
      return LoadNewObj(true);
    case kBuild:
      return LoadBuild();
    case kInst:
      return LoadInst();
    case kObj:
      return LoadObj();
    case kPersId: {
      GILA_TRY(const std::string_view line, source_.ReadLine());
      for (const char c : line)
        if (c & 0x80) return Raise("persistent IDs in protocol 0 must be ASCII strings");
      GILA_TRY(Str* const id, NewStrLatin1(thread_, line));
      return LoadPersistent(id);
    }
    case kBinPersId:
      return LoadPersistent(kUnbound);
    default: {
      const int bytes = opcode == kExt1 ? 1 : opcode == kExt2 ? 2 : 4;
      GILA_TRY(const uint64_t code, Unsigned(bytes));
      return LoadExtension(bytes == 4 ? static_cast<int32_t>(code) : static_cast<int64_t>(code));
    }
  }
}

Status Loader::Step(uint8_t opcode, bool* stop) {
  switch (opcode) {
    case kBinInt:
    case kBinInt1:
    case kBinInt2:
    case kBinFloat:
    case kInt:
    case kLong:
    case kLong1:
    case kLong4:
    case kFloat:
      return StepNumber(opcode);
    case kShortBinUnicode:
    case kBinUnicode:
    case kBinUnicode8:
    case kUnicode:
    case kShortBinBytes:
    case kBinBytes:
    case kBinBytes8:
    case kByteArray8:
    case kString:
    case kShortBinString:
    case kBinString:
      return StepText(opcode);
    case kEmptyTuple:
    case kEmptyList:
    case kEmptyDict:
    case kEmptySet:
    case kTuple1:
    case kTuple2:
    case kTuple3:
    case kAppend:
    case kSetItem:
    case kAppends:
    case kSetItems:
    case kAddItems:
    case kTuple:
    case kList:
    case kDict:
    case kFrozenSet:
      return StepContainer(opcode);
    case kMemoize:
    case kGet:
    case kPut:
    case kBinGet:
    case kBinPut:
    case kLongBinGet:
    case kLongBinPut:
      return StepMemo(opcode);
    case kGlobal:
    case kStackGlobal:
    case kReduce:
    case kNewObj:
    case kNewObjEx:
    case kBuild:
    case kInst:
    case kObj:
    case kPersId:
    case kBinPersId:
    case kExt1:
    case kExt2:
    case kExt4:
      return StepObject(opcode);
    case kOpNone:
      return Push(gila::kNone);
    case kNewTrue:
      return Push(kTrue);
    case kNewFalse:
      return Push(kFalse);
    case kMark:
      marks_.push_back(height_);
      floor_ = height_;
      return kOk;
    case kPop:
      // A mark on top goes as well.
      if (!marks_.empty() && marks_.back() == height_) {
        GILA_TRY_VOID(PopToMark());
        return kOk;
      }
      return Status(Pop().ok() ? kOk : Status(kFailed));
    case kPopMark: {
      GILA_TRY(const int64_t mark, PopToMark());
      Drop(mark);
      return kOk;
    }
    case kDup: {
      GILA_TRY(const Value top, Top());
      return Push(top);
    }
    case kProto: {
      GILA_TRY(protocol_, source_.ReadByte());
      if (protocol_ > kHighestProtocol)
        return thread_.RaiseValueError("unsupported pickle protocol: %d",
                                       static_cast<int>(protocol_));
      if (unpickler_ != nullptr) unpickler_->protocol.Store(static_cast<uint8_t>(protocol_));
      return kOk;
    }
    case kFrame: {
      GILA_TRY(const uint64_t size, Unsigned(8));
      return source_.BeginFrame(size);
    }
    case kNextBuffer:
      return LoadBuffer();
    case kReadOnlyBuffer: {
      GILA_TRY(const Value top, Pop());
      GILA_TRY(const Value view, NewMemoryView(thread_, top));
      if (view.As<MemoryView>()->read_only) return Push(top);
      GILA_TRY(const Value frozen, CallMethod(thread_, view, Intern(thread_, "toreadonly")));
      return Push(frozen);
    }
    case kStop:
      *stop = true;
      return kOk;
    default:
      if (opcode >= 0x20 && opcode < 0x7f && opcode != '\'' && opcode != '\\')
        return Raise("invalid load key, '%c'.", opcode);
      return Raise("invalid load key, '\\x%02x'.", opcode);
  }
}

// There is no next opcode. What the file raised by itself stays.
Status Loader::EndOfInput() {
  if (!IsSubtype(TypeOf(thread_.exception), unpickling_error)) return kFailed;
  thread_.ClearException();
  return thread_.Raise(TypeId::kEOFError, "Ran out of input");
}

Result<Value> Loader::Load() {
  GILA_TRY(stack_, NewValueArray(thread_, 32));
  if (unpickler_ != nullptr && unpickler_->memo.Load() != nullptr) {
    memo_ = static_cast<ValueArray*>(unpickler_->memo.Load());
    memo_size_ = unpickler_->memo_size.Load();
    sparse_memo_ = unpickler_->sparse_memo.Load();
  } else {
    GILA_TRY(memo_, NewValueArray(thread_, 32));
    for (int64_t i = 0; i < memo_->length; ++i) memo_->items[i].Store(memo_, kUnbound);
  }
  if (unpickler_ != nullptr) unpickler_->protocol.Store(0);
  bool stop = false;
  Status status = kOk;
  for (uint32_t steps = 0; !stop && status.ok(); ++steps) {
    const Result<uint8_t> opcode = source_.ReadByte();
    status = opcode.ok() ? Step(opcode.value(), &stop) : EndOfInput();
    if ((steps & 255) == 0 && status.ok()) status = thread_.CheckBreaker();
  }
  if (unpickler_ != nullptr) {
    unpickler_->memo.Store(unpickler_, memo_);
    unpickler_->sparse_memo.Store(unpickler_, sparse_memo_);
    unpickler_->memo_size.Store(memo_size_);
  }
  GILA_TRY_VOID(status);
  GILA_TRY(const Value result, Pop());
  GILA_TRY_VOID(source_.Finish());
  return result;
}

}  // namespace gila::pickling
