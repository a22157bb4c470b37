// lzma_filters.h: chains of filters of liblzma, from and to the dicts that programs describe them
// by.
#ifndef GILA_STDLIB_LZMA_FILTERS_H_
#define GILA_STDLIB_LZMA_FILTERS_H_

#include <lzma.h>

#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/value.h"

namespace gila {

// A chain with the options it owns; ends with LZMA_VLI_UNKNOWN.
class FilterChain {
 public:
  FilterChain() { filters_[0].id = LZMA_VLI_UNKNOWN; }
  FilterChain(const FilterChain&) = delete;
  ~FilterChain();
  // Reads a sequence of dicts, or one dict. ValueError, TypeError in CPython's words.
  Status Read(Thread& thread, Value sequence) GILA_ATTACHED;
  Status ReadOne(Thread& thread, Value dict) GILA_ATTACHED;
  const lzma_filter* get() const { return filters_; }

 private:
  lzma_filter filters_[LZMA_FILTERS_MAX + 1] = {};
  size_t count_ = 0;
};

// A number of 32 or 64 bits without a sign: OverflowError in CPython's words for others.
Result<uint64_t> ToUnsigned(Thread& thread, Value v, int bits) GILA_ATTACHED;
// The dict that describes a filter.
Result<Value> DescribeFilter(Thread& thread, const lzma_filter& filter) GILA_ATTACHED;
// Raises what a code of the library means; false when it means that all is well.
bool RaiseLzma(Thread& thread, lzma_ret code) GILA_ATTACHED;
void SetLzmaError(Type* type);

}  // namespace gila

#endif  // GILA_STDLIB_LZMA_FILTERS_H_
