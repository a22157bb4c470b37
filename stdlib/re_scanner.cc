// re_scanner.cc: scans that are objects: the iterator that finditer() gives, and pattern.scanner().
//
// Where a scan stands is one word (twice the position, plus one behind an empty match), so that
// threads which share a scanner may get a match twice or miss one but never see half a position.
#include "runtime/protocols/native_iterator.h"
#include "stdlib/re_internal.h"

namespace gila::re {

namespace {

struct Scan : Object {
  PointerSlot<Pattern> pattern;
  Slot string;
  int64_t pos, end;
  Atomic<int64_t> place;  // -1: it has ended
};
void TraceScan(Object* object, Marker& marker) {
  auto* const self = static_cast<Scan*>(object);
  marker.Visit(self->pattern);
  marker.Visit(self->string);
}
constexpr KindInfo kScannerKind = {"SRE_Scanner", TraceScan, nullptr};
constexpr KindInfo kIteratorKind = {"callable_iterator", TraceScan, nullptr};
Type *scanner_type = nullptr, *iterator_type = nullptr;

// The next match, or None.
Result<Value> Advance(Thread& thread, Scan* scan, Mode mode) {
  const int64_t place = scan->place.Load();
  if (place < 0) return kNone;
  Pattern* const pattern = scan->pattern.Load();
  Text text;
  GILA_TRY_VOID(text.Take(thread, pattern, scan->string.Load()));
  const int64_t start = place >> 1, end = std::min(scan->end, text.subject().length);
  Found found;
  bool matched = false;
  if (start <= end) {
    GILA_TRY(matched, Find(thread, *pattern->expression, text.subject(), mode, start, end,
                           place & 1, &found));
  }
  if (!matched) {
    scan->place.Store(-1);
    return kNone;
  }
  const int64_t next = found.spans[1];
  scan->place.Store(next * 2 + (found.spans[0] == next ? 1 : 0));
  return NewMatch(thread, pattern, text, scan->pos, scan->end, found);
}

Result<Value> IteratorStepOf(Thread& thread, Object* object) {
  GILA_TRY(const Value match, Advance(thread, static_cast<Scan*>(object), Mode::kSearch));
  return match.IsNone() ? kUnbound : match;
}

template <Mode kMode>
Result<Value> ScannerFind(Thread& thread, Args args) {
  return Advance(thread, args[0].As<Scan>(), kMode);
}
Result<Value> GetScannerPattern(Thread&, Value self) { return self.As<Scan>()->pattern.Load(); }

Result<Value> NewScan(Thread& thread, Type* type, Pattern* pattern, Value string, Value pos,
                      Value endpos) GILA_ATTACHED {
  Text text;
  GILA_TRY_VOID(text.Take(thread, pattern, string));
  GILA_TRY_VOID(text.Bounds(thread, pos, endpos));
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  auto* const scan = static_cast<Scan*>(object);
  scan->pattern.Init(pattern);
  scan->string.Init(string);
  scan->pos = text.start;
  scan->end = text.end;
  scan->place.StoreRelaxed(text.start * 2);
  return scan;
}

constexpr NativeDef kScannerMethods[] = {
    {"match", ScannerFind<Mode::kMatch>, "(self, /)", nullptr},
    {"search", ScannerFind<Mode::kSearch>, "(self, /)", nullptr},
    {}};
constexpr GetSetDef kScannerGetSets[] = {{"pattern", GetScannerPattern, ReadonlyMember, nullptr},
                                         {}};
constexpr TypeSpec kScannerType = {.methods = kScannerMethods, .getsets = kScannerGetSets};
constexpr NativeDef kIteratorMethods[] = {GILA_NATIVE_ITERATOR_METHODS, {}};
constexpr TypeSpec kIteratorType = {.methods = kIteratorMethods};

}  // namespace

Result<Value> NewMatchIterator(Thread& thread, Pattern* pattern, Value string, Value pos,
                               Value endpos) {
  return NewScan(thread, iterator_type, pattern, string, pos, endpos);
}
Result<Value> NewScanner(Thread& thread, Pattern* pattern, Value string, Value pos, Value endpos) {
  return NewScan(thread, scanner_type, pattern, string, pos, endpos);
}

Status AddScannerTypes(Thread& thread, Module* module) {
  GILA_TRY(scanner_type, AddType(thread, module, kScannerType, "_sre.SRE_Scanner",
                                 RegisterKind(kScannerKind), sizeof(Scan), kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&scanner_type));
  const uint8_t kind = RegisterKind(kIteratorKind);
  native_iterator_steps[kind] = IteratorStepOf;
  GILA_TRY(iterator_type, AddType(thread, module, kIteratorType, "callable_iterator", kind,
                                  sizeof(Scan), kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&iterator_type));
  return kOk;
}

}  // namespace gila::re
