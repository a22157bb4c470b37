// str_intern.cc: the table of interned strings. Names of attributes, variables and keywords are
// interned, so that shapes, dicts and caches compare them by identity.
//
// The table is cut into shards by the hash. Each shard is an open-addressed ValueArray that is read
// without a lock: a place once filled never changes, and a full table is replaced by a larger one.
// Only an insertion takes the shard's mutex, and nothing is allocated while it is held (an
// allocation may stop the world, and the others may be waiting for this mutex while attached).
// Interned strings are immortal.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "runtime/heap/heap.h"
#include "runtime/names.h"
#include "runtime/text/siphash.h"
#include "runtime/text/utf8.h"
#include "runtime/threads/fork.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace gila {

Value interned_names[static_cast<size_t>(Name::kCount)];

namespace {

constexpr size_t kShards = 16;
constexpr int64_t kFirstCapacity = 256;  // enough for the names of a start

struct alignas(64) Shard {
  Atomic<Object*> table;  // a ValueArray; empty places hold the int 0
  std::mutex mutex;
  int64_t count = 0;  // under the mutex
};
Shard shards[kShards];
const ForkRepair repair([](Thread&, bool) {
  for (Shard& shard : shards) RenewMutex(shard.mutex);
});

// The string of this text in `table`, or null; then *place is where it would go.
template <class Matches>
Str* FindIn(const ValueArray* table, uint64_t hash, Matches matches, int64_t* place) {
  const auto mask = static_cast<uint64_t>(table->length) - 1;
  for (uint64_t i = hash >> 4;; ++i) {
    const Value entry = table->items[i & mask].Load();
    if (!entry.IsPointer()) {
      *place = static_cast<int64_t>(i & mask);
      return nullptr;
    }
    Str* const s = entry.As<Str>();
    if (s->hash.LoadRelaxed() == hash && matches(s)) return s;
  }
}

// Moves a full shard to a table twice as large.
Status GrowShard(Thread& thread, Shard& shard, int64_t seen_length) {
  GILA_TRY(ValueArray* const grown, NewValueArray(thread, seen_length * 2));
  std::lock_guard guard(shard.mutex);
  const auto* table = static_cast<const ValueArray*>(shard.table.Load());
  if (table->length != seen_length) return kOk;  // somebody else did it
  for (int64_t i = 0; i < table->length; ++i) {
    const Value entry = table->items[i].Load();
    if (!entry.IsPointer()) continue;
    int64_t place = 0;
    FindIn(grown, entry.As<Str>()->hash.LoadRelaxed(), [](Str*) { return false; }, &place);
    grown->items[place].Store(grown, entry);
  }
  shard.table.Store(grown);
  return kOk;
}

// The interned string equal to `s`, which becomes it when there is none.
Result<Str*> InternIn(Thread& thread, Shard& shard, Str* s) {
  const uint64_t hash = HashStr(s);
  while (true) {
    int64_t length;
    {
      std::lock_guard guard(shard.mutex);
      auto* table = static_cast<ValueArray*>(shard.table.Load());
      int64_t place = 0;
      Str* const found =
          FindIn(table, hash, [s](Str* other) { return StrEqual(s, other); }, &place);
      if (found != nullptr) return found;
      length = table->length;
      if (shard.count < length / 2) {
        FetchOrIn(s->flags, static_cast<uint8_t>(kStrInterned));
        table->items[place].Store(table, s);
        ++shard.count;
        return s;
      }
    }
    GILA_TRY_VOID(GrowShard(thread, shard, length));
  }
}

}  // namespace

Value InternStr(Thread& thread, Str* s) {
  if (s->IsInterned()) return s;
  const uint64_t hash = HashStr(s);
  Shard& shard = shards[hash % kShards];
  int64_t place;
  Str* const found = FindIn(
      static_cast<const ValueArray*>(shard.table.Load()), hash,
      [s](Str* other) { return StrEqual(s, other); }, &place);
  if (found != nullptr) return found;
  const Result<Str*> plain = PlainStr(thread, s);
  if (!plain.ok()) return kError;
  const Result<Str*> interned = InternIn(thread, shard, plain.value());
  return interned.ok() ? Value(interned.value()) : kError;
}

namespace {

// Native code asks for the same few names all the time, and to hash one takes longer than to
// compare it. So what was found is remembered by the place where the text lies (mostly a literal)
// and its length. Other text may lie there later: it is compared.
constexpr size_t kRememberedBits = 10;
Atomic<Str*> remembered[size_t{1} << kRememberedBits];

Atomic<Str*>& RememberedFor(std::string_view text) {
  const uint64_t where = reinterpret_cast<uintptr_t>(text.data()) + (text.size() << 48);
  return remembered[(where * 0x9E3779B97F4A7C15u) >> (64 - kRememberedBits)];
}

Value InternAnew(Thread& thread, std::string_view utf8);

}  // namespace

Value Intern(Thread& thread, std::string_view utf8) {
  Atomic<Str*>& place = RememberedFor(utf8);
  if (Str* const known = place.Load();
      GILA_LIKELY(known != nullptr && known->ascii().size() == utf8.size() &&
                  std::memcmp(known->data, utf8.data(), utf8.size()) == 0))
    return known;
  const Value interned = InternAnew(thread, utf8);
  if (IsStr(interned) && interned.As<Str>()->IsAscii()) place.Store(interned.As<Str>());
  return interned;
}

namespace {

Value InternAnew(Thread& thread, std::string_view utf8) {
  if (IsAsciiText(utf8)) {
    const uint64_t hash = HashBytes(utf8.data(), utf8.size());
    int64_t place;
    Str* const found = FindIn(
        static_cast<const ValueArray*>(shards[hash % kShards].table.Load()), hash,
        [utf8](Str* other) { return StrEquals(other, utf8); }, &place);
    if (found != nullptr) return found;
  }
  const Result<Str*> s = NewStr(thread, utf8);
  return s.ok() ? InternStr(thread, s.value()) : kError;
}

void TraceStr(Object* object, Marker& marker) { marker.Visit(static_cast<Str*>(object)->store); }

void MakeSmallStrings(Thread& thread) {
  static Object* empty_root;
  empty_str = NewStrUninitialized(thread, 0, 0, true).value();
  empty_root = empty_str;
  heap::AddRoot(&empty_root);
  InternStr(thread, empty_str);
  for (uint32_t c = 0; c < 256; ++c) {
    heap::AddRoot(&latin1_strings[c]);
    Str* const s = NewStrUninitialized(thread, 1, 0, c < 128).value();
    s->data[0] = static_cast<uint8_t>(c);
    latin1_strings[c] = InternStr(thread, s);
  }
}

}  // namespace

extern const KindInfo kStrKindInfo;
const KindInfo kStrKindInfo = {"str", TraceStr, nullptr};

void InitStrings(Thread& thread) {
  if (!InitHashKey(std::getenv("PYTHONHASHSEED"))) {
    std::fputs(
        "Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an "
        "integer in range [0; 4294967295]\nPython runtime state: preinitialized\n\n",
        stderr);
    std::exit(1);
  }
  SetKindInfo(kKindStr, kStrKindInfo);
  for (Shard& shard : shards) {
    heap::AddRoot(reinterpret_cast<Object**>(&shard.table));
    shard.table.Store(NewValueArray(thread, kFirstCapacity).value());
  }
  MakeSmallStrings(thread);
  InitBytes(thread);
  static constexpr const char* kTexts[] = {
#define GILA_SPECIAL(id, text) text,
#define GILA_NAME(id, text)
#include "runtime/names.def"
#define GILA_SPECIAL(id, text)
#define GILA_NAME(id, text) text,
#include "runtime/names.def"
  };
  static_assert(sizeof(kTexts) / sizeof(*kTexts) == static_cast<size_t>(Name::kCount));
  for (size_t i = 0; i < static_cast<size_t>(Name::kCount); ++i)
    interned_names[i] = Intern(thread, kTexts[i]);
}

}  // namespace gila
