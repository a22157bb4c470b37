// cell.cc: cells: variables that a function shares with the functions inside it.
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/function.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

void TraceCell(Object* object, Marker& marker) { marker.Visit(static_cast<Cell*>(object)->value); }
constexpr KindInfo kCellKind = {"cell", TraceCell, nullptr};

Result<Value> CellNew(Thread& thread, Args args) { return NewCell(thread, args[1]); }

Result<Value> GetContents(Thread& thread, Value self) {
  const Value value = self.As<Cell>()->value.Load();
  if (value.IsUnbound()) return thread.RaiseValueError("Cell is empty");
  return value;
}
Status SetContents(Thread&, Value self, Value value) {
  self.As<Cell>()->value.Store(self.AsObject(), value);
  return kOk;
}

// Empty cells come before full ones.
template <CompareOp kOp>
Result<Value> CompareCells(Thread& thread, Args args) {
  const Cell* other = CastOrNull<Cell>(args[1]);
  if (other == nullptr) return kNotImplemented;
  const Value a = args[0].As<Cell>()->value.Load(), b = other->value.Load();
  if (!a.IsUnbound() && !b.IsUnbound()) return Compare(thread, kOp, a, b);
  return Compare(thread, kOp, Value::SmallInt(b.IsUnbound()), Value::SmallInt(a.IsUnbound()));
}

Result<Value> CellRepr(Thread& thread, Args args) {
  const Value value = args[0].As<Cell>()->value.Load();
  const std::string content =
      value.IsUnbound() ? "empty"
                        : std::string(TypeNameOf(value)) + " object at " + AddressText(value);
  return NewStr(thread, "<cell at " + AddressText(args[0]) + ": " + content + ">");
}

constexpr NativeDef kCellMethods[] = {
    {"__repr__", CellRepr, "(self, /)", "Return repr(self)."},
    {"__lt__", CompareCells<CompareOp::kLt>, "(self, value, /)", nullptr},
    {"__le__", CompareCells<CompareOp::kLe>, "(self, value, /)", nullptr},
    {"__eq__", CompareCells<CompareOp::kEq>, "(self, value, /)", nullptr},
    {"__ne__", CompareCells<CompareOp::kNe>, "(self, value, /)", nullptr},
    {"__gt__", CompareCells<CompareOp::kGt>, "(self, value, /)", nullptr},
    {"__ge__", CompareCells<CompareOp::kGe>, "(self, value, /)", nullptr},
    {}};
constexpr GetSetDef kCellGetSets[] = {{"cell_contents", GetContents, SetContents, nullptr}, {}};

}  // namespace

Result<Cell*> NewCell(Thread& thread, Value value) {
  GILA_TRY(Cell * cell, Allocate<Cell>(thread, TypeId::kCell));
  cell->value.Init(value);
  return cell;
}

extern const TypeSpec kCellSpec;
const TypeSpec kCellSpec = {.doc = "Create a new cell object.",
                            .new_function = CellNew,
                            .new_signature = "(cls, contents=<empty>, /)",
                            .methods = kCellMethods,
                            .getsets = kCellGetSets,
                            .native_size = sizeof(Cell),
                            .kind_info = &kCellKind};

}  // namespace gila
