// str.h: text as code points of 1, 2 or 4 bytes each (Latin-1, UCS-2, UCS-4), always the narrowest
// that fits. The hash is cached; identifiers are interned, so that equal names are the same object.
//
// `data` points at the units: into the object itself, or into a shared Blob. The second form makes
// `s += piece` linear: the sum of a string that ends where its Blob is used up extends the Blob in
// place (claimed by one compare-and-swap of Blob::used), and the old string goes on seeing its own
// shorter part.
#ifndef GILA_RUNTIME_TYPES_STR_H_
#define GILA_RUNTIME_TYPES_STR_H_

#include <cstring>
#include <string>
#include <string_view>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// Object::flags of a Str.
enum StrFlags : uint8_t {
  kStrWidthMask = 3,  // log2 of the bytes per unit: 0, 1, 2
  kStrAscii = 4,      // every unit < 128
  kStrInterned = 8,
  kStrShared = 16,  // data is in `store`
  kStrSum = 32,     // made by a concatenation: adding to it once more pays for a growing Blob
};

struct Str : Object {
  static constexpr Kind kKind = kKindStr;
  Atomic<uint64_t> hash;  // 0: not computed yet
  int64_t length;         // code points
  uint8_t* data;
  PointerSlot<Blob> store;  // the Blob behind shared data, else null
  uint8_t inline_data[];

  // Interning sets a flag of a string that other threads may be reading.
  uint8_t Flags() const { return __atomic_load_n(&flags, __ATOMIC_RELAXED); }
  int width_log2() const { return Flags() & kStrWidthMask; }
  int width() const { return 1 << width_log2(); }
  bool IsAscii() const { return Flags() & kStrAscii; }
  bool IsInterned() const { return Flags() & kStrInterned; }
  size_t ByteSize() const { return static_cast<size_t>(length) << width_log2(); }
  const uint8_t* data1() const { return data; }
  const uint16_t* data2() const { return reinterpret_cast<const uint16_t*>(data); }
  const uint32_t* data4() const { return reinterpret_cast<const uint32_t*>(data); }
  uint32_t At(int64_t i) const {
    switch (width_log2()) {
      case 0:
        return data[i];
      case 1:
        return data2()[i];
      default:
        return data4()[i];
    }
  }
  // Only for ASCII strings: the text itself.
  std::string_view ascii() const {
    return {reinterpret_cast<const char*>(data), static_cast<size_t>(length)};
  }
};

// From UTF-8 that is known to be good; lone surrogates as three bytes are taken (compiler
// constants, our own messages).
Result<Str*> NewStr(Thread& thread, std::string_view utf8) GILA_ATTACHED;
Result<Str*> NewStrLatin1(Thread& thread,
                          std::string_view latin1) GILA_ATTACHED;  // bytes are code points
// From code points; stored in the narrowest width.
Result<Str*> NewStrFromUcs2(Thread& thread, const uint16_t* units, int64_t length) GILA_ATTACHED;
Result<Str*> NewStrFromUcs4(Thread& thread, const uint32_t* units, int64_t length) GILA_ATTACHED;
// An uninitialised string of that width for the caller to fill at once; `ascii` as claimed.
Result<Str*> NewStrUninitialized(Thread& thread, int64_t length, int width_log2,
                                 bool ascii) GILA_ATTACHED;
// The strings of one Latin-1 character, all interned, and ''.
extern Value latin1_strings[256];
extern Str* empty_str;
Result<Str*> NewCharSlow(Thread& thread, uint32_t code_point) GILA_ATTACHED;
// The string of one code point; null with MemoryError raised.
inline Str* StrFromChar(Thread& thread, uint32_t code_point) GILA_ATTACHED {
  if (GILA_LIKELY(code_point < 256)) return latin1_strings[code_point].As<Str>();
  return NewCharSlow(thread, code_point).value();
}
// s[i] for 0 <= i < length.
inline Str* StrItem(Thread& thread, const Str* s, int64_t i) GILA_ATTACHED {
  return StrFromChar(thread, s->At(i));
}

// The hash key, the small strings and names.def. Called once, after the heap is up and the main
// thread is attached, before any type is made.
void InitStrings(Thread& thread) GILA_ATTACHED;

// The interned string of this text. Interned strings are compared by identity in shapes, dicts and
// caches. They are immortal. Interning an instance of a subclass interns its text.
Value Intern(Thread& thread, std::string_view utf8) GILA_ATTACHED;
Value InternStr(Thread& thread, Str* s) GILA_ATTACHED;

// Byte text for the host: UTF-8, lone surrogates as three bytes ("surrogatepass").
std::string ToUtf8(const Str* s);
inline std::string ToUtf8(Value v) { return ToUtf8(v.As<Str>()); }
// For file names and the environment: UTF-8 with surrogateescape, both ways. Raises ValueError
// "embedded null byte"/"embedded null character" in Encode.
Result<std::string> EncodeFsPath(Thread& thread, Value str_bytes_or_pathlike) GILA_ATTACHED;
Result<Str*> DecodeFsPath(Thread& thread, std::string_view bytes) GILA_ATTACHED;

uint64_t HashStrSlow(const Str* s);
// SipHash-1-3 keyed by PYTHONHASHSEED, remembered in the string. 0 for '' and nothing else; never
// all ones.
GILA_ALWAYS_INLINE uint64_t HashStr(const Str* s) {
  const uint64_t known = s->hash.LoadRelaxed();
  return GILA_LIKELY(known != 0) ? known : HashStrSlow(s);
}
// Equal strings have equal widths, since every string has the narrowest.
inline bool StrEqual(const Str* a, const Str* b) {
  if (a == b) return true;
  return a->length == b->length && a->width_log2() == b->width_log2() &&
         std::memcmp(a->data, b->data, a->ByteSize()) == 0;
}
bool StrEquals(const Str* a, std::string_view utf8_ascii);
int StrCompare(const Str* a, const Str* b);  // by code point: < 0, 0, > 0
Result<Str*> StrConcat(Thread& thread, Str* a, Str* b) GILA_ATTACHED;
Result<Str*> StrSlice(Thread& thread, Str* s, int64_t start,
                      int64_t stop) GILA_ATTACHED;  // 0 <= start <= stop <= length
Result<Str*> StrRepeat(Thread& thread, Str* s, int64_t count) GILA_ATTACHED;
Result<Value> StrJoin(Thread& thread, Str* separator, Value iterable) GILA_ATTACHED;
int64_t StrFind(const Str* haystack, const Str* needle, int64_t start,
                int64_t stop);  // -1: not there; stop <= length
int64_t StrFindLast(const Str* haystack, const Str* needle, int64_t start, int64_t stop);
// Places that do not overlap, at most `limit`.
int64_t StrCount(const Str* haystack, const Str* needle, int64_t start, int64_t stop,
                 int64_t limit);
// An exact str with the same text: `s` itself unless it is an instance of a subclass.
Result<Str*> PlainStr(Thread& thread, Str* s) GILA_ATTACHED;
Result<Value> StrModFormat(Thread& thread, Str* format,
                           Value args) GILA_ATTACHED;  // the % operator

inline bool IsStr(Value v) { return IsKind(v, kKindStr); }

// Collects text of growing width without an intermediate string object; not a heap object (lives on
// the native stack). Running out of memory is remembered and raised by Finish.
class StrBuilder {
 public:
  explicit StrBuilder(Thread& thread) : thread_(thread) {}
  ~StrBuilder();
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;

  void Append(uint32_t code_point) {
    if (GILA_LIKELY(width_log2_ == 0 && code_point < 256 && length_ < capacity_)) {
      data_[length_++] = static_cast<uint8_t>(code_point);
      or_mask_ |= code_point;
    } else {
      AppendSlow(code_point);
    }
  }
  void AppendAscii(std::string_view ascii);
  void AppendLatin1(std::string_view latin1);
  void AppendUtf8(std::string_view utf8);
  void Append(const Str* s);
  void Append(const Str* s, int64_t start, int64_t stop);
  void AppendRepeated(uint32_t code_point, int64_t count);
  int64_t length() const { return length_; }
  bool failed() const { return failed_; }
  // Makes room for so many more units of the present width at once.
  void Reserve(int64_t more);
  Result<Str*> Finish() GILA_ATTACHED;  // MemoryError when it grew too large

 private:
  void AppendSlow(uint32_t code_point);
  void AppendUnits(const uint8_t* units, int width_log2, int64_t count, uint32_t or_mask);
  void Widen(int width_log2);
  bool Grow(int64_t units, int width_log2);

  static constexpr int64_t kInlineBytes = 256;
  Thread& thread_;
  uint8_t* data_ = inline_;
  int64_t length_ = 0;
  int64_t capacity_ = kInlineBytes;  // in units
  int width_log2_ = 0;
  bool failed_ = false;
  uint32_t or_mask_ = 0;
  alignas(8) uint8_t inline_[kInlineBytes];
};

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_STR_H_
