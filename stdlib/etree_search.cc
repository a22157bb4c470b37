// etree_search.cc: find() and its kin, and the walk in the order of the document behind iter() and
// itertext(). A path that is a bare tag is searched for here; all others go to ElementPath
// (lib/xml/etree/ElementPath.py).
#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/types/container_support.h"
#include "stdlib/etree_internal.h"

namespace gila::etree {

namespace {

// Is it more than a tag? In braces, which hold a namespace, nothing counts.
bool IsPath(const Str* path) {
  if (path->length >= 3 && path->At(0) == '{' &&
      (path->At(1) == '}' || (path->At(1) == '*' && path->At(2) == '}')))
    return true;
  bool inside = false;
  for (int64_t i = 0; i < path->length; ++i) {
    const uint32_t c = path->At(i);
    if (c == '{') inside = true;
    if (c == '}') inside = false;
    if (!inside && (c == '/' || c == '*' || c == '[' || c == '@' || c == '.')) return true;
  }
  return false;
}

bool IsTag(Args args, size_t namespaces) {
  return IsStr(args[1]) && args.Or(namespaces, kNone).IsNone() && !IsPath(args[1].As<Str>());
}

Result<Value> AskElementPath(Thread& thread, const char* function, std::span<const Value> args) {
  GILA_TRY(const Value module, ImportModule(thread, "xml.etree.ElementPath"));
  return CallMethod(thread, module, Intern(thread, function), args);
}

// The first child with this tag, or unbound.
Result<Value> FirstChild(Thread& thread, Element* element, Value tag) {
  for (int64_t i = 0;; ++i) {
    const Value child = ChildAt(element, i);
    if (child.IsUnbound()) return kUnbound;
    if (!IsElement(child)) continue;
    GILA_TRY(const bool fits, TagIs(thread, AsElement(child)->tag.Load(), tag));
    if (fits) return child;
  }
}

}  // namespace

Result<Value> ElementFind(Thread& thread, Args args) {
  if (!IsTag(args, 2)) {
    const Value all[] = {args[0], args[1], args.Or(2, kNone)};
    return AskElementPath(thread, "find", all);
  }
  GILA_TRY(const Value child, FirstChild(thread, AsElement(args[0]), args[1]));
  return child.IsUnbound() ? kNone : child;
}

Result<Value> ElementFindText(Thread& thread, Args args) {
  if (!IsTag(args, 3)) {
    const Value all[] = {args[0], args[1], args.Or(2, kNone), args.Or(3, kNone)};
    return AskElementPath(thread, "findtext", all);
  }
  GILA_TRY(const Value child, FirstChild(thread, AsElement(args[0]), args[1]));
  if (child.IsUnbound()) return args.Or(2, kNone);
  const Value text = AsElement(child)->text.Load();
  return text.IsNone() ? Value(empty_str) : text;
}

Result<Value> ElementFindAll(Thread& thread, Args args) {
  if (!IsTag(args, 2)) {
    const Value all[] = {args[0], args[1], args.Or(2, kNone)};
    return AskElementPath(thread, "findall", all);
  }
  GILA_TRY(List* const found, NewList(thread));
  for (int64_t i = 0;; ++i) {
    const Value child = ChildAt(AsElement(args[0]), i);
    if (child.IsUnbound()) return found;
    if (!IsElement(child)) continue;
    GILA_TRY(const bool fits, TagIs(thread, AsElement(child)->tag.Load(), args[1]));
    if (fits) GILA_TRY_VOID(ListAppend(thread, found, child));
  }
}

Result<Value> ElementIterFind(Thread& thread, Args args) {
  const Value all[] = {args[0], args[1], args.Or(2, kNone)};
  return AskElementPath(thread, "iterfind", all);
}

// --- the walk ---

namespace {

// The open elements and how far each is, as pairs in `path`. The words are loaded once and looked
// at before use, so that two threads on one iterator may see an element twice, and nothing worse.
struct Walk : Object {
  Slot root;                     // where it begins; unbound once it has begun
  Slot wanted;                   // a tag, None for all, unbound for the texts
  PointerSlot<ValueArray> path;  // element, number of the next child
  Atomic<int64_t> depth;         // pairs in use
};
Type* walk_type = nullptr;
uint8_t walk_kind = 0;

void TraceWalk(Object* object, Marker& marker) {
  auto* const self = static_cast<Walk*>(object);
  marker.Visit(self->root);
  marker.Visit(self->wanted);
  marker.Visit(self->path);
}
constexpr KindInfo kWalkKind = {"_element_iterator", TraceWalk, nullptr};

Status Enter(Thread& thread, Walk* self, Value element) {
  const int64_t depth = self->depth.Load();
  ValueArray* path = self->path.Load();
  if (path == nullptr || 2 * depth + 2 > path->length) {
    GILA_TRY(ValueArray* const longer, NewValueArray(thread, 4 * depth + 16));
    for (int64_t i = 0; path != nullptr && i < std::min(2 * depth, path->length); ++i)
      longer->items[i].Init(path->items[i].Load());
    self->path.Store(self, longer);
    path = longer;
  }
  path->items[2 * depth].Store(path, element);
  path->items[2 * depth + 1].Store(path, Value::SmallInt(0));
  self->depth.Store(depth + 1);
  return kOk;
}

// The next element to enter; else unbound, with what was left in `*left` (unbound: the end).
Value NextToEnter(Walk* self, Value* left) {
  *left = kUnbound;
  const int64_t depth = self->depth.Load();
  if (depth == 0) return self->root.Exchange(self, kUnbound);
  ValueArray* const path = self->path.Load();
  if (path == nullptr || 2 * depth > path->length) return kUnbound;
  const Value parent = path->items[2 * depth - 2].Load();
  Slot& next = path->items[2 * depth - 1];
  const Value index = next.Load();
  if (IsElement(parent) && index.IsSmallInt()) {
    const Value child = ChildAt(AsElement(parent), index.AsSmallInt());
    if (!child.IsUnbound()) {
      next.Store(path, Value::SmallInt(index.AsSmallInt() + 1));
      return child;
    }
  }
  path->items[2 * depth - 2].Store(path, kUnbound);
  self->depth.Store(depth - 1);
  *left = parent;
  return kUnbound;
}

// A text that is worth giving out, or unbound.
Result<Value> SomeText(Thread& thread, Value text) {
  if (text.IsNone()) return kUnbound;
  if (IsExactly(text, TypeId::kStr)) return text.As<Str>()->length > 0 ? text : kUnbound;
  GILA_TRY(const bool some, Truth(thread, text));
  return some ? text : kUnbound;
}

Result<Value> WalkStep(Thread& thread, Object* iterator) {
  auto* const self = static_cast<Walk*>(iterator);
  const Value wanted = self->wanted.Load();
  const bool texts = wanted.IsUnbound();
  while (true) {
    GILA_TRY_VOID(thread.CheckBreaker());
    Value left;
    const Value element = NextToEnter(self, &left);
    if (element.IsUnbound()) {
      if (!IsElement(left)) return kUnbound;
      if (!texts || self->depth.Load() == 0) continue;
      GILA_TRY(const Value tail, SomeText(thread, AsElement(left)->tail.Load()));
      if (!tail.IsUnbound()) return tail;
      continue;
    }
    if (!IsElement(element)) {
      return thread.RaiseFormat(TypeId::kAttributeError, "'%.100s' object has no attribute 'iter'",
                                TypeNameText(element).c_str());
    }
    GILA_TRY_VOID(Enter(thread, self, element));
    if (texts) {
      GILA_TRY(const Value text, SomeText(thread, AsElement(element)->text.Load()));
      if (!text.IsUnbound()) return text;
      continue;
    }
    if (wanted.IsNone()) return element;
    GILA_TRY(const bool fits, TagIs(thread, AsElement(element)->tag.Load(), wanted));
    if (fits) return element;
  }
}

Result<Value> NewWalk(Thread& thread, Value root, Value wanted) {
  GILA_TRY(Object* const object, AllocateInstance(thread, walk_type));
  auto* const walk = static_cast<Walk*>(object);
  walk->root.Init(root);
  walk->wanted.Init(wanted);
  return walk;
}

constexpr NativeDef kWalkMethods[] = {GILA_NATIVE_ITERATOR_METHODS,
                                      {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kWalkSpec = {
    .methods = kWalkMethods, .native_size = sizeof(Walk), .kind_info = &kWalkKind};

}  // namespace

Result<Value> ElementIter(Thread& thread, Args args) {
  Value wanted = args.Or(1, kNone);
  if (IsStr(wanted) && StrEquals(wanted.As<Str>(), "*")) wanted = kNone;
  return NewWalk(thread, args[0], wanted);
}

Result<Value> ElementIterText(Thread& thread, Args args) {
  return NewWalk(thread, args[0], kUnbound);
}

Status AddIteratorType(Thread& thread, Module* module) {
  if (walk_type != nullptr) return kOk;
  GILA_TRY_VOID(AddTypeOnce(thread, module, &walk_type, kWalkSpec, "_elementtree._element_iterator",
                            &walk_kind, kPlain));
  native_iterator_steps[walk_kind] = WalkStep;
  return DelItem(thread, module->dict.Load(), walk_type->name.Load());
}

}  // namespace gila::etree
