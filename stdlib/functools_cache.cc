// functools_cache.cc: the callable that lru_cache puts around a function.
//
// Results are in a dict. A bounded cache also keeps them in a ring of links in order of use, the
// root between the newest and the oldest; the dict's values are then the links. The ring changes
// only under the lock of the cache, and while it is held nothing is allocated and no Gila code runs
// (looking up a key may call __eq__, so the dict is used without the lock). Two threads that miss
// the same key at once both call the function; the first result stays.
#include "absl/strings/str_cat.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/functools_internal.h"

namespace gila {

namespace {

struct Link : Object {
  PointerSlot<Link> previous, next;  // null when not in the ring
  Slot key, result;
  Atomic<int64_t> hash;
};

struct Cache : Object {
  Slot function;
  Slot info_type;            // the named tuple of cache_info()
  Slot keyword_mark;         // stands between positional and keyword arguments in a key
  PointerSlot<Dict> dict;    // key -> result, or key -> Link
  PointerSlot<Link> root;    // of the ring; null when unbounded
  Atomic<int64_t> max_size;  // -1: unbounded
  Atomic<int64_t> hits, misses;
  Atomic<uint8_t> typed;
};

Type* link_type = nullptr;

void TraceLink(Object* object, Marker& marker) {
  const auto* link = static_cast<Link*>(object);
  marker.Visit(link->previous);
  marker.Visit(link->next);
  marker.Visit(link->key);
  marker.Visit(link->result);
}
void TraceCache(Object* object, Marker& marker) {
  const auto* cache = static_cast<Cache*>(object);
  marker.Visit(cache->function);
  marker.Visit(cache->info_type);
  marker.Visit(cache->keyword_mark);
  marker.Visit(cache->dict);
  marker.Visit(cache->root);
}
constexpr KindInfo kLinkKind = {"lru_list_elem", TraceLink, nullptr};
constexpr KindInfo kCacheKind = {"lru_cache", TraceCache, nullptr};

void Increment(Atomic<int64_t>& counter) {
  if constexpr (kGilDisabled) {
    counter.FetchAdd(1);
  } else {
    counter.AddUnshared(1);
  }
}

// --- the ring; the caller holds the lock of the cache ---

void Unlink(Link* link) {
  Link *previous = link->previous.Load(), *next = link->next.Load();
  previous->next.Store(previous, next);
  next->previous.Store(next, previous);
  link->previous.Store(link, nullptr);
  link->next.Store(link, nullptr);
}
void InsertNewest(Link* root, Link* link) {
  Link* newest = root->previous.Load();
  link->previous.Store(link, newest);
  link->next.Store(link, root);
  newest->next.Store(newest, link);
  root->previous.Store(root, link);
}

Result<Link*> NewLink(Thread& thread) {
  GILA_TRY(Object * object, AllocateInstance(thread, link_type));
  return static_cast<Link*>(object);
}

Status Clear(Thread& thread, Cache* cache) {
  GILA_TRY(Dict * dict, NewDict(thread));
  Link* root = nullptr;
  if (cache->max_size.Load() >= 0) {
    GILA_TRY(root, NewLink(thread));
    root->previous.Store(root, root);
    root->next.Store(root, root);
  }
  ByteLockGuard guard(cache->lock);
  cache->dict.Store(cache, dict);
  cache->root.Store(cache, root);
  cache->hits.Store(0);
  cache->misses.Store(0);
  return kOk;
}

Result<Value> CacheNew(Thread& thread, Args args) {
  if (!IsCallable(args[1])) return thread.RaiseTypeError("the first argument must be callable");
  int64_t max_size = -1;
  if (!args[2].IsNone()) {
    if (LookupSpecial(thread, TypeOf(args[2]), Special::kIndex).IsUnbound())
      return thread.RaiseTypeError("maxsize should be integer or None");
    GILA_TRY(max_size, ToInt64(thread, args[2]));
    if (max_size < 0) max_size = 0;
  }
  GILA_TRY(const bool typed, Truth(thread, args[3]));
  GILA_TRY(const Value mark, Call(thread, GetType(TypeId::kObject), {}));
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  auto* cache = static_cast<Cache*>(object);
  cache->function.Store(cache, args[1]);
  cache->info_type.Store(cache, args[4]);
  cache->keyword_mark.Store(cache, mark);
  cache->max_size.Store(max_size);
  cache->typed.Store(typed);
  GILA_TRY_VOID(Clear(thread, cache));
  return cache;
}

// --- keys ---

// One int or str stands for itself; else the arguments, a mark, names and values of the keywords,
// and the types when those count.
Result<Value> MakeKey(Thread& thread, const Cache* cache, std::span<const Value> args,
                      Dict* kwargs) {
  const bool typed = cache->typed.Load();
  if (kwargs == nullptr && !typed && args.size() == 1 &&
      (IsExactInt(args[0]) || IsExactly(args[0], TypeId::kStr)))
    return args[0];
  const int64_t keywords = kwargs == nullptr ? 0 : kwargs->size.Load();
  const auto positional = static_cast<int64_t>(args.size());
  const int64_t marked = keywords > 0 ? 1 + 2 * keywords : 0;
  GILA_TRY(Tuple* const key,
           NewTuple(thread, positional + marked + (typed ? positional + keywords : 0)));
  int64_t filled = 0;
  const auto add = [&](Value part) { key->items[filled++].Store(key, part); };
  for (const Value argument : args) add(argument);
  if (keywords > 0) add(cache->keyword_mark.Load());
  int64_t position = 0;
  Value name, value;
  while (kwargs != nullptr && DictNext(kwargs, &position, &name, &value)) {
    add(name);
    add(value);
  }
  if (!typed) return key;
  for (const Value argument : args) add(TypeOf(argument));
  position = 0;
  while (kwargs != nullptr && DictNext(kwargs, &position, &name, &value)) add(TypeOf(value));
  return key;
}

Result<Value> CallFunction(Thread& thread, const Cache* cache, Args args) {
  if (!args.Has(1)) return Call(thread, cache->function.Load(), args.rest());
  GILA_TRY(Tuple * positional, NewTuple(thread, args.rest()));
  return CallWith(thread, cache->function.Load(), positional, args[1]);
}

// --- the three ways to call ---

Result<Value> CallUnbounded(Thread& thread, Cache* cache, Args args, Value key) {
  GILA_TRY(const int64_t hash, Hash(thread, key));
  Dict* dict = cache->dict.Load();
  {
    GILA_TRY(const Value known, DictGetHashed(thread, dict, key, hash));
    if (!known.IsUnbound()) {
      Increment(cache->hits);
      return known;
    }
  }
  Increment(cache->misses);
  GILA_TRY(const Value result, CallFunction(thread, cache, args));
  GILA_TRY_VOID(DictSetHashed(thread, dict, key, hash, result));
  return result;
}

// The result of a link that was found, which becomes the newest.
Value Use(Cache* cache, Link* link) {
  ByteLockGuard guard(cache->lock);
  Link* root = cache->root.Load();
  // It may have been thrown out since it was found.
  if (link->next.Load() != nullptr && root->previous.Load() != link) {
    Unlink(link);
    InsertNewest(root, link);
  }
  cache->hits.AddUnshared(1);
  return link->result.Load();
}

// Puts the link into the ring; the oldest link when that is to go, else null.
Link* Insert(Cache* cache, Dict* dict, Link* link) {
  ByteLockGuard guard(cache->lock);
  Link* root = cache->root.Load();
  if (cache->dict.Load() != dict) return nullptr;  // cleared meanwhile
  Link* oldest = root->next.Load();
  const bool full = dict->size.Load() >= cache->max_size.Load();
  if (full && oldest != root) Unlink(oldest);
  InsertNewest(root, link);
  return full && oldest != root ? oldest : nullptr;
}

Result<Value> CallBounded(Thread& thread, Cache* cache, Args args, Value key) {
  GILA_TRY(const int64_t hash, Hash(thread, key));
  Dict* dict = cache->dict.Load();
  {
    GILA_TRY(const Value known, DictGetHashed(thread, dict, key, hash));
    if (!known.IsUnbound()) return Use(cache, known.As<Link>());
  }
  Increment(cache->misses);
  GILA_TRY(const Value result, CallFunction(thread, cache, args));
  GILA_TRY(const Value meanwhile, DictGetHashed(thread, dict, key, hash));
  if (!meanwhile.IsUnbound()) return result;  // the function itself has called for this key
  GILA_TRY(Link * link, NewLink(thread));
  link->key.Store(link, key);
  link->result.Store(link, result);
  link->hash.Store(hash);
  Link* oldest = Insert(cache, dict, link);
  if (oldest != nullptr) {
    GILA_TRY_VOID(DictPop(thread, dict, oldest->key.Load()));
  }
  GILA_TRY_VOID(DictSetHashed(thread, dict, key, hash, link));
  return result;
}

Result<Value> CacheCall(Thread& thread, Args args) {
  auto* cache = args[0].As<Cache>();
  const int64_t max_size = cache->max_size.Load();
  if (max_size == 0) {
    Increment(cache->misses);
    return CallFunction(thread, cache, args);
  }
  GILA_TRY(const Value key,
           MakeKey(thread, cache, args.rest(), args.Has(1) ? args[1].As<Dict>() : nullptr));
  return max_size < 0 ? CallUnbounded(thread, cache, args, key)
                      : CallBounded(thread, cache, args, key);
}

// --- methods ---

Result<Value> CacheInfo(Thread& thread, Args args) {
  const auto* cache = args[0].As<Cache>();
  const int64_t max_size = cache->max_size.Load();
  return Call(thread, cache->info_type.Load(),
              {Value::SmallInt(cache->hits.Load()), Value::SmallInt(cache->misses.Load()),
               max_size < 0 ? kNone : Value::SmallInt(max_size),
               Value::SmallInt(cache->dict->size.Load())});
}
Result<Value> CacheClear(Thread& thread, Args args) {
  GILA_TRY_VOID(Clear(thread, args[0].As<Cache>()));
  return kNone;
}
// As a method of a class it binds like a function.
Result<Value> CacheGet(Thread& thread, Args args) {
  if (args[1].IsNone()) return args[0];
  return NewMethod(thread, args[0], args[1]);
}
Result<Value> CacheCopy(Thread&, Args args) { return args[0]; }
Result<Value> CacheReduce(Thread& thread, Args args) {
  return GetAttr(thread, args[0], NameOf(Name::kQualname));
}

constexpr NativeDef kCacheMethods[] = {
    {"__call__", CacheCall, "(self, /, *args, **kwargs)", "Call self as a function."},
    {"__get__", CacheGet, "(self, instance, owner=None, /)", "Return a bound method."},
    {"cache_info", CacheInfo, "(self, /)", "Report cache statistics"},
    {"cache_clear", CacheClear, "(self, /)", "Clear the cache and cache statistics"},
    {"__copy__", CacheCopy, "(self, /)", nullptr},
    {"__deepcopy__", CacheCopy, "(self, memo, /)", nullptr},
    {"__reduce__", CacheReduce, "(self, /)", nullptr},
    {}};
constexpr TypeSpec kCacheType = {
    .doc = "A function that remembers its results.",
    .new_function = CacheNew,
    .new_signature = "(cls, user_function, maxsize, typed, cache_info_type)",
    .methods = kCacheMethods};
constexpr TypeSpec kLinkType = {};

}  // namespace

Status AddCacheType(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddType(thread, module, kCacheType, "functools._lru_cache_wrapper",
                        RegisterKind(kCacheKind), sizeof(Cache),
                        kBasetype | kHasDict | kHasWeakref));
  GILA_TRY(link_type, AddType(thread, module, kLinkType, "functools._lru_list_elem",
                              RegisterKind(kLinkKind), sizeof(Link), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&link_type));
  return kOk;
}

}  // namespace gila
