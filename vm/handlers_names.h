// handlers_names.h: constants, moves, local variables, cells and global names.
// Included by interpreter.cc only.

GILA_HANDLER(Nop) { GILA_NEXT(); }
GILA_HANDLER(Move) {
  R(a) = R(b);
  GILA_NEXT();
}
GILA_HANDLER(LoadConst) {
  R(a) = constants[OPERAND(bc)];
  GILA_NEXT();
}
GILA_HANDLER(LoadUnbound) {
  R(a) = kUnbound;
  GILA_NEXT();
}

GILA_HANDLER(CheckLocal) {
  if (GILA_UNLIKELY(R(a).IsUnbound())) GILA_SLOW(UnboundLocalSlow);
  GILA_NEXT();
}
GILA_HANDLER(DelLocal) {
  if (GILA_UNLIKELY(R(a).IsUnbound())) GILA_SLOW(UnboundLocalSlow);
  R(a) = kUnbound;
  GILA_NEXT();
}

GILA_HANDLER(MakeCell) { GILA_SLOW(MakeCellSlow); }
GILA_HANDLER(LoadCell) {
  const Value value = R(b).As<Cell>()->value.Load();
  if (GILA_UNLIKELY(value.IsUnbound())) GILA_SLOW(EmptyCellSlow);
  R(a) = value;
  GILA_NEXT();
}
GILA_HANDLER(StoreCell) {
  Cell* cell = R(a).As<Cell>();
  cell->value.Store(cell, R(b));
  GILA_NEXT();
}
GILA_HANDLER(DelCell) {
  Cell* cell = R(a).As<Cell>();
  if (GILA_UNLIKELY(cell->value.Load().IsUnbound())) GILA_SLOW(EmptyCellSlow);
  cell->value.Store(cell, kUnbound);
  GILA_NEXT();
}
GILA_HANDLER(LoadFree) {
  const Value value = ClosureCell(registers, OPERAND(b))->value.Load();
  if (GILA_UNLIKELY(value.IsUnbound())) GILA_SLOW(EmptyFreeSlow);
  R(a) = value;
  GILA_NEXT();
}
GILA_HANDLER(StoreFree) {
  Cell* cell = ClosureCell(registers, OPERAND(a));
  cell->value.Store(cell, R(b));
  GILA_NEXT();
}
GILA_HANDLER(DelFree) {
  Cell* cell = ClosureCell(registers, OPERAND(a));
  if (GILA_UNLIKELY(cell->value.Load().IsUnbound())) GILA_SLOW(EmptyFreeSlow);
  cell->value.Store(cell, kUnbound);
  GILA_NEXT();
}
GILA_HANDLER(LoadClosure) {
  R(a) = Value(ClosureCell(registers, OPERAND(b)));
  GILA_NEXT();
}
GILA_HANDLER(LoadClassFree) { GILA_SLOW(LoadClassFreeSlow); }

GILA_HANDLER(LoadGlobal) { GILA_SLOW(LoadGlobalSlow); }
GILA_HANDLER(LoadGlobalCached) {
  const Value value = CachedGlobal(registers, CACHE(1), CACHE(2));
  if (GILA_UNLIKELY(value.IsUnbound())) GILA_SLOW(LoadGlobalSlow);
  R(a) = value;
  GILA_NEXT();
}
GILA_HANDLER(LoadName) { GILA_SLOW(LoadNameSlow); }
GILA_HANDLER(LoadNameCached) {
  if (GILA_UNLIKELY(!registers[0].IsUnbound())) GILA_SLOW(LoadNameSlow);
  const Value value = CachedGlobal(registers, CACHE(1), CACHE(2));
  if (GILA_UNLIKELY(value.IsUnbound())) GILA_SLOW(LoadNameSlow);
  R(a) = value;
  GILA_NEXT();
}
GILA_HANDLER(StoreGlobal) { GILA_SLOW(StoreGlobalSlow); }
GILA_HANDLER(StoreGlobalCached) {
  if (GILA_UNLIKELY(!StoreCachedGlobal(*thread, pc, registers, CACHE(1), R(a))))
    GILA_SLOW(StoreGlobalSlow);
  GILA_NEXT();
}
GILA_HANDLER(StoreName) { GILA_SLOW(StoreNameSlow); }
GILA_HANDLER(StoreNameCached) {
  if (GILA_UNLIKELY(!registers[0].IsUnbound())) GILA_SLOW(StoreNameSlow);
  if (GILA_UNLIKELY(!StoreCachedGlobal(*thread, pc, registers, CACHE(1), R(a))))
    GILA_SLOW(StoreNameSlow);
  GILA_NEXT();
}
GILA_HANDLER(DelGlobal) { GILA_SLOW(DelGlobalSlow); }
GILA_HANDLER(DelName) { GILA_SLOW(DelNameSlow); }
