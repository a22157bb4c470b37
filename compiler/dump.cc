// The dump is made for eyes and for tests that compare it: nothing in it depends on addresses or on
// the run.
#include "compiler/dump.h"

#include <cstddef>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "bytecode/bytecode.h"
#include "compiler/unparse.h"

namespace gila::compiler {

namespace {

constexpr size_t kLongestConstant = 60;

std::string RegisterName(const CodeData& code, uint32_t reg) {
  if (reg < code.local_names.size()) return absl::StrCat("r", reg, ":", code.local_names[reg]);
  return absl::StrCat("r", reg);
}

std::string ConstantName(const CodeData& code, uint32_t index) {
  if (index >= code.constants.size()) return absl::StrCat("k", index, "?");
  std::string text = ConstantRepr(code.constants[index]);
  if (text.size() > kLongestConstant) text = text.substr(0, kLongestConstant) + "...";
  return text;
}

std::string NameAt(const CodeData& code, uint32_t index) {
  return index < code.names.size() ? code.names[index] : absl::StrCat("n", index, "?");
}

std::string Operand(const CodeData& code, uint32_t word, OperandKind kind, uint16_t value) {
  const Instruction instruction(code.words[word]);
  switch (kind) {
    case OperandKind::kNone:
      return "";
    case OperandKind::kDst:
    case OperandKind::kReg:
    case OperandKind::kRegInOut:
    case OperandKind::kWindow:
      return RegisterName(code, value);
    case OperandKind::kImm:
      return absl::StrCat("#", value);
    case OperandKind::kConst:
      return ConstantName(code, value);
    case OperandKind::kConst32:
      return ConstantName(code, instruction.bc());
    case OperandKind::kName:
      return NameAt(code, value);
    case OperandKind::kName32:
      return NameAt(code, instruction.bc());
    case OperandKind::kJump:
      return absl::StrCat("->", static_cast<int64_t>(word) + static_cast<int16_t>(value));
    case OperandKind::kJump32:
      return absl::StrCat("->", static_cast<int64_t>(word) + instruction.jump_bc());
  }
  return "";
}

void AppendItems(const ConstData& constant, std::string* out) {
  for (size_t i = 0; i < constant.items.size(); ++i) {
    // Enough of a long one to know it by.
    if (i > 0) absl::StrAppend(out, ", ");
    if (i == 32 && constant.items.size() > 40) {
      absl::StrAppend(out, "...");
      return;
    }
    absl::StrAppend(out, ConstantRepr(constant.items[i]));
  }
  if (constant.items.size() == 1 && constant.kind == ConstData::Kind::kTuple) {
    absl::StrAppend(out, ",");
  }
}

void AppendInstruction(const CodeData& code, uint32_t word, const DumpOptions& options,
                       int32_t line, std::string* out) {
  if (options.lines) absl::StrAppend(out, line < 0 ? "     " : absl::StrFormat("%5d", line));
  const OpcodeInfo& info = kOpcodeInfo[Instruction(code.words[word]).opcode()];
  std::string text = absl::StrFormat("%5d %-16s %s", word, info.name, DumpOperands(code, word));
  while (text.back() == ' ') text.pop_back();
  absl::StrAppend(out, text, "\n");
}

}  // namespace

std::string ConstantRepr(const ConstData& constant) {
  switch (constant.kind) {
    case ConstData::Kind::kNone:
      return "None";
    case ConstData::Kind::kTrue:
      return "True";
    case ConstData::Kind::kFalse:
      return "False";
    case ConstData::Kind::kEllipsis:
      return "Ellipsis";
    case ConstData::Kind::kInt:
      return absl::StrCat(constant.integer);
    case ConstData::Kind::kBigInt: {
      const bool negative = constant.text[0] == '-';
      return absl::StrCat(negative ? "-0x" : "0x", constant.text.substr(negative ? 1 : 0));
    }
    case ConstData::Kind::kFloat:
      return FloatRepr(constant.real);
    case ConstData::Kind::kComplex:
      return absl::StrCat(FloatRepr(constant.imag), "j");
    case ConstData::Kind::kStr:
      return StrRepr(constant.text);
    case ConstData::Kind::kBytes:
      return BytesRepr(constant.text);
    case ConstData::Kind::kTuple:
    case ConstData::Kind::kFrozenSet: {
      const bool tuple = constant.kind == ConstData::Kind::kTuple;
      std::string text = tuple ? "(" : "frozenset({";
      AppendItems(constant, &text);
      return text + (tuple ? ")" : "})");
    }
    case ConstData::Kind::kCode:
      return absl::StrCat("<code ", constant.code->name, ">");
  }
  return "";
}

std::string DumpOperands(const CodeData& code, uint32_t word) {
  const Instruction instruction(code.words[word]);
  const OpcodeInfo& info = kOpcodeInfo[instruction.opcode()];
  std::string text;
  const std::string operands[] = {Operand(code, word, info.a, instruction.a()),
                                  Operand(code, word, info.b, instruction.b()),
                                  Operand(code, word, info.c, instruction.c())};
  for (const std::string& operand : operands) {
    if (operand.empty()) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ", operand);
  }
  return text;
}

std::string DumpCode(const CodeData& code, const DumpOptions& options) {
  std::string out = absl::StrCat(code.qualname, ": ", code.register_count, " registers\n");
  size_t next_line = 0;
  int32_t last_line = -1;
  for (uint32_t word = 0; word < code.words.size();) {
    int32_t line = -1;
    for (; next_line < code.lines.size() && code.lines[next_line].start <= word; ++next_line) {
      if (code.lines[next_line].range.line == last_line) continue;
      line = last_line = code.lines[next_line].range.line;
    }
    AppendInstruction(code, word, options, line, &out);
    word += 1 + uint32_t{kOpcodeInfo[Instruction(code.words[word]).opcode()].caches};
  }
  for (const ExceptionEntry& entry : code.exceptions) {
    absl::StrAppend(&out, "  words ", entry.start, " to ", entry.end - 1, ": handler ",
                    entry.handler, ", exception in ", RegisterName(code, entry.reg), "\n");
  }
  if (!options.nested) return out;
  for (const ConstData& constant : code.constants) {
    if (constant.kind == ConstData::Kind::kCode) {
      absl::StrAppend(&out, "\n", DumpCode(*constant.code, options));
    }
  }
  return out;
}

}  // namespace gila::compiler
