// finalize.cc: objects whose death is noticed: __del__, native finalisers, weak references. The
// pause only queues; Gila code runs later, at a safepoint (RunPendingFinalizers).
//
// Order in a pause: weak references to what is unreachable are cleared first; then objects with
// __del__ are kept alive once more, with all they reach; then native finalisers run for what is
// still unreachable.
#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/collect_now.h"
#include "runtime/heap/collector.h"
#include "runtime/threads/fork.h"
#include "runtime/type.h"
#include "runtime/types/exception.h"
#include "runtime/types/weakref.h"

namespace gila {
namespace {

// Those that are given out again (IsSharedWeakref) come first; one of each type, so two at most.
using WeakrefList = absl::InlinedVector<WeakRef*, 2>;
constexpr size_t kMostShared = 2;

struct Registry {
  std::mutex mutex;                       // leaf
  std::vector<Object*> young, old;        // with a finaliser
  Atomic<size_t> young_count, old_count;  // their sizes, for who asks while the world is stopped
  // By referent. Objects made one after the other are neighbours here too, as they die together.
  std::unordered_map<Object*, WeakrefList> weakrefs;
  std::vector<std::pair<Object*, WeakRef*>> young_weakrefs;
  std::deque<Value> pending;  // objects to finalise, weakrefs to call back
};

// Who has the GIL is alone here anyway.
class RegistryGuard {
 public:
  explicit RegistryGuard(Registry& registry) : registry_(registry) {
    if constexpr (kGilDisabled) registry_.mutex.lock();
  }
  ~RegistryGuard() {
    if constexpr (kGilDisabled) registry_.mutex.unlock();
  }
  RegistryGuard(const RegistryGuard&) = delete;

 private:
  Registry& registry_;
};

Registry& GetRegistry() {
  static auto* registry = new Registry;
  return *registry;
}
const ForkRepair repair([](Thread&, bool) { RenewMutex(GetRegistry().mutex); });

void ClearReferencesTo(Registry& registry, Object* referent) {
  const auto found = registry.weakrefs.find(referent);
  if (found == registry.weakrefs.end()) return;
  for (WeakRef* ref : found->second) {
    if (!IsMarked(ref)) continue;
    ref->referent.Store(nullptr);
    if (!ref->callback.Load().IsNone()) registry.pending.push_back(ref);
  }
  registry.weakrefs.erase(found);
}

void DropDead(WeakrefList& list) {
  list.erase(std::remove_if(list.begin(), list.end(), [](WeakRef* ref) { return !IsMarked(ref); }),
             list.end());
}

// Splits a list into the living (kept) and the dead, which `on_dead` gets.
template <class OnDead>
void Partition(std::vector<Object*>& list, OnDead on_dead) {
  size_t kept = 0;
  for (Object* object : list) {
    if (IsMarked(object) || !on_dead(object)) list[kept++] = object;
  }
  list.resize(kept);
}

}  // namespace

void MarkPendingFinalizers(Marker& marker) {
  for (Value v : GetRegistry().pending) marker.Visit(v);
}

bool HasPendingFinalizers() { return !GetRegistry().pending.empty(); }

void ClearDeadWeakrefs(bool full) {
  Registry& registry = GetRegistry();
  if (full) {
    for (auto it = registry.weakrefs.begin(); it != registry.weakrefs.end();) {
      const auto here = it++;
      if (!IsMarked(here->first)) {
        ClearReferencesTo(registry, here->first);
        continue;
      }
      DropDead(here->second);
      if (here->second.empty()) registry.weakrefs.erase(here);
    }
  } else {
    const Object* seen = nullptr;  // many dead ones to one object mostly follow each other
    for (const auto& [referent, ref] : registry.young_weakrefs) {
      if (!IsMarked(referent)) {
        ClearReferencesTo(registry, referent);
      } else if (!IsMarked(ref) && referent != seen) {
        seen = referent;
        const auto found = registry.weakrefs.find(referent);
        if (found != registry.weakrefs.end()) DropDead(found->second);
      }
    }
  }
  registry.young_weakrefs.clear();
}

bool QueueDeadFinalizers(Marker& marker, bool full) {
  Registry& registry = GetRegistry();
  const size_t before = registry.pending.size();
  const auto queue = [&](Object* object) {
    const uint8_t bits = object->gc.LoadRelaxed();
    // Its owner took the bit back (a generator that has ended): nothing is left to do for it.
    if ((bits & kGcFinalizer) == 0 || (bits & kGcFinalized) != 0) return true;
    if (KindInfoOf(object).finalize != nullptr) return false;
    object->gc.FetchOr(kGcFinalized);
    registry.pending.push_back(object);
    return true;
  };
  // The older ones first.
  if (full) Partition(registry.old, queue);
  Partition(registry.young, queue);
  for (size_t i = 0; i < registry.pending.size(); ++i) marker.Visit(registry.pending[i]);
  return registry.pending.size() != before;
}

void RunDeadNativeFinalizers(bool full) {
  Registry& registry = GetRegistry();
  const auto finalize = [](Object* object) {
    KindInfoOf(object).finalize(object);
    return true;
  };
  Partition(registry.young, finalize);
  if (full) Partition(registry.old, finalize);
  registry.old.insert(registry.old.end(), registry.young.begin(), registry.young.end());
  registry.young.clear();
  registry.young_count.Store(0);
  registry.old_count.Store(registry.old.size());
}

namespace {

std::vector<void (*)()>& Watchers() {
  static auto* watchers = new std::vector<void (*)()>;
  return *watchers;
}

}  // namespace

void WatchDeaths(void (*look)()) {
  std::lock_guard<std::mutex> guard(GetRegistry().mutex);
  Watchers().push_back(look);
}

FinalizersAbout CountFinalizers() {
  Registry& registry = GetRegistry();
  return {registry.young_count.Load(), registry.old_count.Load()};
}

void LookAtDeaths() {
  for (const auto look : Watchers()) look();
}

namespace heap {

void RegisterFinalizer(Thread&, Object* object) {
  Registry& registry = GetRegistry();
  const RegistryGuard guard(registry);
  if (object->gc.FetchOr(kGcFinalizer) & kGcFinalizer) return;  // once is enough
  registry.young.push_back(object);
  registry.young_count.Store(registry.young.size());
}

std::vector<Object*> ObjectsToFinalize() {
  Registry& registry = GetRegistry();
  std::lock_guard<std::mutex> guard(registry.mutex);
  std::vector<Object*> found;
  for (const std::vector<Object*>* list : {&registry.old, &registry.young}) {
    for (Object* object : *list) {
      const bool waits = (object->gc.Load() & (kGcFinalizer | kGcFinalized)) == kGcFinalizer;
      if (waits && KindInfoOf(object).finalize == nullptr) found.push_back(object);
    }
  }
  return found;
}

void RegisterWeakref(Thread&, Object* referent, Object* weakref) {
  Registry& registry = GetRegistry();
  auto* const made = static_cast<WeakRef*>(weakref);
  const RegistryGuard guard(registry);
  referent->gc.FetchOr(kGcWeakrefs);
  WeakrefList& list = registry.weakrefs[referent];
  auto place = list.end();
  if (IsSharedWeakref(made)) {
    const bool behind = !list.empty() && IsSharedWeakref(list[0]) && !made->Is(kKindWeakRef);
    place = list.begin() + (behind ? 1 : 0);
  }
  list.insert(place, made);
  registry.young_weakrefs.emplace_back(referent, made);
}

WeakRef* SharedWeakrefTo(Object* referent, const Type* type) {
  Registry& registry = GetRegistry();
  if (!(referent->gc.Load() & kGcWeakrefs)) return nullptr;
  const RegistryGuard guard(registry);
  const auto found = registry.weakrefs.find(referent);
  if (found == registry.weakrefs.end()) return nullptr;
  const WeakrefList& list = found->second;
  for (size_t i = 0; i < std::min(list.size(), kMostShared); ++i) {
    if (IsSharedWeakref(list[i]) && TypeOf(Value(list[i])) == type) return list[i];
  }
  return nullptr;
}

std::vector<WeakRef*> WeakrefsTo(Object* referent) {
  Registry& registry = GetRegistry();
  if (!(referent->gc.Load() & kGcWeakrefs)) return {};
  const RegistryGuard guard(registry);
  const auto found = registry.weakrefs.find(referent);
  if (found == registry.weakrefs.end()) return {};
  return {found->second.begin(), found->second.end()};
}

void RunPendingFinalizers(Thread& thread) {
  // A finaliser, or the hook that hears of its error, does not begin with the others: it is a loop
  // and no recursion. As in CPython, a collection asked for in a finaliser runs none.
  thread_local bool running = false;
  if (running) return;
  running = true;
  Registry& registry = GetRegistry();
  const Value waiting = thread.TakeException();
  while (true) {
    Value next = kUnbound;
    {
      std::lock_guard<std::mutex> guard(registry.mutex);
      if (registry.pending.empty()) break;
      next = registry.pending.front();
      registry.pending.pop_front();
    }
    const WeakRef* ref =
        IsKind(next, kKindWeakRef) || IsKind(next, kKindWeakProxy) ? next.As<WeakRef>() : nullptr;
    if (ref != nullptr && ref->referent.Load() == nullptr) {
      const Value callback = ref->callback.Load();
      if (!Call(thread, callback, {next}).ok()) WriteUnraisable(thread, callback);
      continue;
    }
    const Value del = LookupSpecial(thread, TypeOf(next), Special::kDel);
    if (!del.IsUnbound() && !Call(thread, del, {next}).ok()) WriteUnraisable(thread, del);
  }
  thread.exception = waiting;
  running = false;
}

}  // namespace heap
}  // namespace gila
