// code_data.h: what the compiler hands to the runtime for one code block: plain data, no heap
// object. The runtime turns a CodeData into a Code object (runtime/types/code.h), constants and
// all.
#ifndef GILA_VM_CODE_DATA_H_
#define GILA_VM_CODE_DATA_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gila {

struct CodeData;

// A constant as the compiler knows it. Strings are UTF-8 in which a lone surrogate stands as three
// bytes.
struct ConstData {
  enum class Kind : uint8_t {
    kNone,
    kTrue,
    kFalse,
    kEllipsis,
    kInt,        // `integer`
    kBigInt,     // `text`: hexadecimal digits, no prefix, no sign (a '-' in front when negative)
    kFloat,      // `real`
    kComplex,    // `real`, `imag`
    kStr,        // `text`
    kBytes,      // `text`
    kTuple,      // `items`
    kFrozenSet,  // `items`
    kCode        // `code`
  };
  Kind kind = Kind::kNone;
  int64_t integer = 0;
  double real = 0, imag = 0;
  std::string text;
  std::vector<ConstData> items;
  std::shared_ptr<CodeData> code;
};

// CPython's co_flags, with their values.
enum CodeFlags : uint32_t {
  kCodeOptimized = 0x1,  // locals are registers
  kCodeNewLocals = 0x2,
  kCodeVarArgs = 0x4,
  kCodeVarKeywords = 0x8,
  kCodeNested = 0x10,
  kCodeGenerator = 0x20,
  kCodeCoroutine = 0x80,
  kCodeIterableCoroutine = 0x100,
  kCodeAsyncGenerator = 0x200,
  kCodeFutureAnnotations = 0x1000000,
  // Not CPython's, and not shown: frames of this code are in no traceback (types/code.cc).
  kCodeLeavesNoTrace = 0x80000000
};

// Where an instruction comes from: lines from 1, columns in UTF-8 bytes from 0; -1 where unknown.
struct SourceRange {
  int32_t line = -1, end_line = -1, column = -1, end_column = -1;
};

// The range that holds from code word `start` up to the start of the next entry.
struct LineEntry {
  uint32_t start;
  SourceRange range;
};

// An exception raised at a word in [start, end) goes on at `handler` with the exception in register
// `reg`. Entries are sorted by start and do not overlap: an inner try splits the outer one's range.
struct ExceptionEntry {
  uint32_t start, end, handler;
  uint16_t reg;
};

// Registers of a frame, in this order: parameters (positional, then keyword-only, then *args, then
// **kwargs), the other local variables, temporaries. A local that inner functions share holds a
// Cell in its register (MakeCell, at the start). Code without kCodeOptimized (modules, class
// bodies, eval, exec) has its namespace in R[0] (unbound: the globals) and no other local variable.
struct CodeData {
  std::string name, qualname, filename;
  uint32_t flags = 0;
  int32_t first_line = 0;
  int32_t positional_count = 0;  // co_argcount: positional-only ones among them
  int32_t positional_only_count = 0;
  int32_t keyword_only_count = 0;
  int32_t register_count = 0;            // size of the frame, windows and all
  std::vector<std::string> local_names;  // co_varnames: the local variable in register i
  std::vector<std::string>
      cell_names;  // co_cellvars: those of the locals (or of a class body) that are cells
  std::vector<uint16_t> cell_registers;  // the register of each of them
  std::vector<std::string> free_names;   // co_freevars: the closure, in order
  std::vector<uint64_t> words;           // instructions and their cache words
  std::vector<ConstData> constants;      // constant 0 of a function is its docstring or None
  std::vector<std::string> names;
  std::vector<LineEntry> lines;
  std::vector<ExceptionEntry> exceptions;
  // For a class body: how many distinct `self.NAME =` targets its methods have; sizes the first
  // instances.
  int32_t attribute_guess = 0;
};

}  // namespace gila

#endif  // GILA_VM_CODE_DATA_H_
