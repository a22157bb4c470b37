// The heap: size classes, what a collection keeps and frees, the write barrier, weak references,
// interior pointers.
#include "runtime/heap/heap.h"

#include <catch2/catch.hpp>

#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/weakref.h"
#include "runtime_fixture.h"

using namespace gila;

namespace {

// An instance of a class of the program, so that weak references to it are allowed.
Value NewInstance(Thread& thread) {
  static Value type = kUnbound;
  if (type.IsUnbound()) {
    heap::AddRoot(&type);
    const Result<Str*> name = NewStr(thread, "Thing");
    const Result<Dict*> space = NewDict(thread);
    const Result<Type*> made =
        NewType(thread, GetType(TypeId::kType), name.value(), empty_tuple, space.value());
    REQUIRE(made.ok());
    type = made.value();
  }
  const Result<Object*> object = AllocateInstance(thread, type.As<Type>());
  REQUIRE(object.ok());
  return object.value();
}

// Makes a weak reference to a fresh instance in a frame of its own, so that no word on the stack
// keeps the instance.
__attribute__((noinline)) WeakRef* RefToGarbage(Thread& thread) {
  return NewWeakRef(thread, NewInstance(thread), kNone).value().As<WeakRef>();
}

Value Single(Thread& thread, int64_t i) {
  const Value items[] = {Value::SmallInt(i)};
  return NewTuple(thread, items).value();
}

__attribute__((noinline)) void Overwrite() {
  volatile char space[8192];
  for (size_t i = 0; i < sizeof(space); ++i) space[i] = 0;
}

}  // namespace

TEST_CASE("size classes cover every small size without much waste", "[heap]") {
  for (size_t bytes = 1; bytes <= heap::kMaxSmall; ++bytes) {
    const size_t room = heap::ClassBytes(heap::SizeClass(bytes));
    CHECK(room >= bytes);
    CHECK(room < bytes + bytes / 4 + heap::kGranule);
    if (room < bytes || room >= bytes + bytes / 4 + heap::kGranule) break;
  }
}

TEST_CASE("fresh memory is zero, also when it was used before", "[heap]") {
  Thread& thread = TestThread();
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 2000; ++i) {
      ValueArray* array = NewValueArray(thread, 20).value();
      for (int k = 0; k < 20; ++k) REQUIRE(array->items[k].Load().word() == 0);
      for (int k = 0; k < 20; ++k) array->items[k].Store(array, Value::SmallInt(-1));
    }
    heap::Collect(thread, heap::Collection::kFull);
  }
}

TEST_CASE("storage that grows stays where it is while there is space behind it", "[heap]") {
  Thread& thread = TestThread();
  constexpr int64_t kLength = 100'000;
  for (int round = 0; round < 3; ++round) {
    ValueArray* array = NewGrowingArray(thread, kLength).value();
    array->items[kLength - 1].Store(array, Single(thread, 1));
    REQUIRE(ExtendTo(array, kLength + kLength / 2));
    CHECK(array->length == kLength + kLength / 2);
    const Value empty = kGilDisabled ? kUnbound : Value::SmallInt(0);
    for (int64_t i = kLength; i < array->length; ++i) REQUIRE(array->items[i].Load() == empty);
    const int64_t last = array->length - 1;
    array->items[last].Store(array, Single(thread, 2));
    CHECK(heap::FindObject(reinterpret_cast<uintptr_t>(&array->items[last])) == array);
    heap::Collect(thread, heap::Collection::kMinor);
    heap::Collect(thread, heap::Collection::kFull);
    CHECK(array->items[kLength - 1].Load().As<Tuple>()->At(0) == Value::SmallInt(1));
    CHECK(array->items[last].Load().As<Tuple>()->At(0) == Value::SmallInt(2));
    CHECK_FALSE(ExtendTo(array, 20 * kLength));
    for (int64_t i = 0; i < array->length; ++i) array->items[i].Store(array, Value::SmallInt(-1));
    array = nullptr;
    heap::Collect(thread, heap::Collection::kFull);
  }
  CHECK_FALSE(ExtendTo(NewValueArray(thread, 10).value(), 1000));
}

TEST_CASE("a collection keeps what a local variable reaches", "[heap]") {
  Thread& thread = TestThread();
  List* list = NewList(thread).value();
  for (int i = 0; i < 5000; ++i) {
    REQUIRE(ListAppend(thread, list, Single(thread, i)).ok());
  }
  heap::Collect(thread, heap::Collection::kFull);
  heap::Collect(thread, heap::Collection::kMinor);
  for (int i = 0; i < 5000; ++i) REQUIRE(ListAt(list, i).As<Tuple>()->At(0) == Value::SmallInt(i));
}

TEST_CASE("a store into an old object keeps a young one alive", "[heap]") {
  Thread& thread = TestThread();
  // One small and one large owner: the first is remembered whole, of the second only a card.
  for (const int64_t length : {int64_t{10}, int64_t{100'000}}) {
    ValueArray* owner = NewValueArray(thread, length).value();
    heap::Collect(thread, heap::Collection::kFull);
    for (int64_t i = 0; i < length; i += 7) {
      owner->items[i].Store(owner, Single(thread, i));
    }
    const uint64_t before = heap::GetStatistics().minor_collections;
    while (heap::GetStatistics().minor_collections < before + 2)
      REQUIRE(NewValueArray(thread, 100).ok());
    for (int64_t i = 0; i < length; i += 7)
      REQUIRE(owner->items[i].Load().As<Tuple>()->At(0) == Value::SmallInt(i));
  }
}

TEST_CASE("weak references to garbage are cleared, others stay", "[heap][weakref]") {
  Thread& thread = TestThread();
  const Value kept = NewInstance(thread);
  WeakRef* to_kept = NewWeakRef(thread, kept, kNone).value().As<WeakRef>();
  List* refs = NewList(thread).value();
  for (int i = 0; i < 50; ++i) REQUIRE(ListAppend(thread, refs, RefToGarbage(thread)).ok());
  Overwrite();
  heap::Collect(thread, heap::Collection::kFull);
  int alive = 0;
  for (int i = 0; i < 50; ++i) alive += ListAt(refs, i).As<WeakRef>()->referent.Load() != nullptr;
  CHECK(alive <= 2);  // a stale word on the native stack may keep one
  CHECK(to_kept->referent.Load() == kept.AsObject());
}

TEST_CASE("an address inside an object finds the object", "[heap]") {
  Thread& thread = TestThread();
  for (const int64_t length : {int64_t{3}, int64_t{300}, int64_t{50'000}}) {
    ValueArray* array = NewValueArray(thread, length).value();
    const auto start = reinterpret_cast<uintptr_t>(array);
    CHECK(heap::FindObject(start) == array);
    CHECK(heap::FindObject(start + 1) == array);
    CHECK(heap::FindObject(start + ValueArray::Size(length) - 1) == array);
    CHECK(heap::Decompress(heap::Compress(array)) == array);
  }
  int local = 0;
  CHECK(heap::FindObject(reinterpret_cast<uintptr_t>(&local)) == nullptr);
}

TEST_CASE("more than there is raises MemoryError", "[heap]") {
  Thread& thread = TestThread();
  CHECK(!NewValueArray(thread, int64_t{1} << 40).ok());
  CHECK(thread.ExceptionMatches(TypeId::kMemoryError));
  thread.ClearException();
}
