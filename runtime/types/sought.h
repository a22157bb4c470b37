// sought.h: an item that is looked for in a list or tuple (`in`, index, count). What one comparison
// showed of a kind of item holds for the next one: instances of a class without __eq__ equal only
// themselves, and are then passed at the cost of a look at their shape. A comparison that runs
// Gila code, which may give the class an __eq__, ends that. (protocols/compare.cc)
#ifndef GILA_RUNTIME_TYPES_SOUGHT_H_
#define GILA_RUNTIME_TYPES_SOUGHT_H_

#include "runtime/object.h"
#include "runtime/protocols.h"

namespace gila {

class Sought {
 public:
  explicit Sought(Value wanted);
  // Does `item == wanted` hold? The same object always does.
  GILA_ALWAYS_INLINE Result<bool> Is(Thread& thread, Value item) GILA_ATTACHED {
    if (item == wanted_) return true;
    if (item.IsPointer() ? item.AsObject()->shape_id.LoadRelaxed() == unlike_shape_
                         : unlike_immediates_)
      return false;
    return Ask(thread, item);
  }

 private:
  Result<bool> Ask(Thread& thread, Value item) GILA_ATTACHED;

  static constexpr uint32_t kNoShape = 0;  // of no object
  Value wanted_;
  uint32_t unlike_shape_ = kNoShape;
  bool unlike_immediates_;  // no other value without an object, such as a small int, equals it
};

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_SOUGHT_H_
