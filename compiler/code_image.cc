// code_image.cc: writing and reading images of code. The writer and the reader go through the same
// fields in the same order (Transfer), so that neither can forget one.
#include "compiler/code_image.h"

#include <cstring>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "bytecode/bytecode.h"

namespace gila::compiler {
namespace {

constexpr uint64_t kFormat = 1;
constexpr size_t kHeaderSize = 16;
// Deeper than code nests in any program that compiles; an image from outside may claim anything.
constexpr int kMaxDepth = 400;

constexpr uint64_t Mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15;
  return hash ^ (hash >> 29);
}

// Changes when an opcode is added, renamed, moved, or gets other operands or caches.
constexpr uint64_t VersionDigest() {
  uint64_t hash = kFormat;
  for (const OpcodeInfo& info : kOpcodeInfo) {
    for (const char* c = info.name; *c != '\0'; ++c) hash = Mix(hash, static_cast<uint8_t>(*c));
    hash = Mix(hash, static_cast<uint64_t>(info.a) | static_cast<uint64_t>(info.b) << 8 |
                         static_cast<uint64_t>(info.c) << 16 | uint64_t{info.caches} << 24);
  }
  return hash;
}
constexpr uint64_t kVersion = VersionDigest();

uint64_t Checksum(std::string_view bytes) {
  uint64_t hash = bytes.size();
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
    uint64_t word;
    memcpy(&word, bytes.data(), 8);
    hash = Mix(hash, word);
  }
  uint64_t rest = 0;
  memcpy(&rest, bytes.data(), bytes.size());
  return Mix(hash, rest);
}

uint64_t Zigzag(int64_t number) {
  return static_cast<uint64_t>(number) << 1 ^ static_cast<uint64_t>(number >> 63);
}
int64_t Unzigzag(uint64_t bits) {
  return static_cast<int64_t>(bits >> 1) ^ -static_cast<int64_t>(bits & 1);
}

class Writer {
 public:
  static constexpr bool kReads = false;

  std::string Finish() {
    std::string table;
    PutNumber(table, texts_.size());
    for (const std::string& text : texts_) {
      PutNumber(table, text.size());
      table += text;
    }
    table += body_;
    const uint64_t header[] = {kVersion, Checksum(table)};
    std::string image(reinterpret_cast<const char*>(header), kHeaderSize);
    return image += table;
  }

  void Refuse() {}
  template <class T>
  void Number(const T& number) {
    PutNumber(body_, Zigzag(static_cast<int64_t>(number)));
  }
  void Text(const std::string& text) {
    const auto [place, is_new] = numbers_.try_emplace(text, texts_.size());
    if (is_new) texts_.push_back(text);
    PutNumber(body_, place->second);
  }
  void Real(const double& real) { body_.append(reinterpret_cast<const char*>(&real), sizeof real); }
  void Word(const uint64_t& word) {
    const size_t mask_at = body_.size();
    uint8_t mask = 0;
    body_ += '\0';
    for (int i = 0; i < 8; ++i) {
      const auto byte = static_cast<char>(word >> (8 * i));
      if (byte == 0) continue;
      mask |= static_cast<uint8_t>(1 << i);
      body_ += byte;
    }
    body_[mask_at] = static_cast<char>(mask);
  }
  template <class T, class Each>
  void List(const std::vector<T>& list, Each each) {
    PutNumber(body_, list.size());
    for (const T& item : list) each(item);
  }

 private:
  static void PutNumber(std::string& out, uint64_t number) {
    for (; number >= 128; number >>= 7) out += static_cast<char>(number | 128);
    out += static_cast<char>(number);
  }

  std::string body_;
  std::vector<std::string> texts_;
  std::unordered_map<std::string, size_t> numbers_;
};

class Reader {
 public:
  static constexpr bool kReads = true;

  explicit Reader(std::string_view image) {
    uint64_t header[2];
    if (image.size() < kHeaderSize) return;
    memcpy(header, image.data(), kHeaderSize);
    image.remove_prefix(kHeaderSize);
    if (header[0] != kVersion || header[1] != Checksum(image)) return;
    next_ = reinterpret_cast<const uint8_t*>(image.data());
    end_ = next_ + image.size();
    ok_ = true;
    texts_.resize(TakeCount());
    for (std::string_view& text : texts_) {
      const size_t size = TakeCount();
      if (!ok_) return;
      text = {reinterpret_cast<const char*>(next_), size};
      next_ += size;
    }
  }

  bool ok() const { return ok_; }
  void Refuse() { ok_ = false; }
  template <class T>
  void Number(T& number) {
    number = static_cast<T>(Unzigzag(TakeNumber()));
  }
  void Text(std::string& text) {
    const uint64_t number = TakeNumber();
    if (number < texts_.size()) {
      text = texts_[number];
    } else {
      ok_ = false;
    }
  }
  void Real(double& real) {
    if (!Has(sizeof real)) return;
    memcpy(&real, next_, sizeof real);
    next_ += sizeof real;
  }
  void Word(uint64_t& word) {
    if (!Has(1)) return;
    const unsigned mask = *next_++;
    if (!Has(static_cast<size_t>(__builtin_popcount(mask)))) return;
    uint64_t bits = 0;
    for (unsigned rest = mask; rest != 0; rest &= rest - 1)
      bits |= uint64_t{*next_++} << (8 * __builtin_ctz(rest));
    word = bits;
  }
  template <class T, class Each>
  void List(std::vector<T>& list, Each each) {
    list.resize(TakeCount());
    for (T& item : list) {
      if (!ok_) return;
      each(item);
    }
  }

 private:
  bool Has(size_t bytes) {
    if (ok_ && static_cast<size_t>(end_ - next_) >= bytes) return true;
    return ok_ = false;
  }
  uint64_t TakeNumber() {
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!Has(1)) return 0;
      const uint8_t byte = *next_++;
      number |= uint64_t{byte & 127u} << shift;
      if (byte < 128) return number;
    }
    ok_ = false;
    return 0;
  }
  // How many things follow. Each takes a byte at least, so no count can ask for much memory.
  size_t TakeCount() {
    const uint64_t count = TakeNumber();
    return Has(count) ? count : 0;
  }

  const uint8_t* next_ = nullptr;
  const uint8_t* end_ = nullptr;
  bool ok_ = false;
  std::vector<std::string_view> texts_;
};

template <class Archive, class Data>
void TransferCode(Archive& archive, Data& code, int depth);

template <class Archive, class Data>
void TransferConstant(Archive& archive, Data& constant, int depth) {
  using Kind = ConstData::Kind;
  archive.Number(constant.kind);
  switch (constant.kind) {
    case Kind::kInt:
      return archive.Number(constant.integer);
    case Kind::kComplex:
      archive.Real(constant.imag);
      [[fallthrough]];
    case Kind::kFloat:
      return archive.Real(constant.real);
    case Kind::kBigInt:
    case Kind::kStr:
    case Kind::kBytes:
      return archive.Text(constant.text);
    case Kind::kTuple:
    case Kind::kFrozenSet:
      if (depth >= kMaxDepth) return archive.Refuse();
      return archive.List(constant.items,
                          [&](auto& item) { TransferConstant(archive, item, depth + 1); });
    case Kind::kCode:
      if constexpr (Archive::kReads) constant.code = std::make_shared<CodeData>();
      if (depth >= kMaxDepth) return archive.Refuse();
      return TransferCode(archive, *constant.code, depth + 1);
    default:
      return;
  }
}

// Positions as differences to those of the entry before: most fit a byte each.
template <class Archive, class Data>
void TransferLines(Archive& archive, Data& code) {
  LineEntry before{0, {code.first_line, code.first_line, 0, 0}};
  const auto relative = [&archive](auto& field, auto base) {
    using Field = std::remove_cvref_t<decltype(field)>;
    auto difference = static_cast<int64_t>(field) - static_cast<int64_t>(base);
    archive.Number(difference);
    if constexpr (Archive::kReads)
      field = static_cast<Field>(static_cast<uint64_t>(difference) + static_cast<uint64_t>(base));
  };
  archive.List(code.lines, [&](auto& entry) {
    relative(entry.start, before.start);
    relative(entry.range.line, before.range.line);
    relative(entry.range.end_line, entry.range.line);
    relative(entry.range.column, before.range.column);
    relative(entry.range.end_column, entry.range.column);
    before = entry;
  });
}

template <class Archive, class Data>
void TransferCode(Archive& archive, Data& code, int depth) {
  const auto text = [&archive](auto& item) { archive.Text(item); };
  text(code.name);
  text(code.qualname);
  text(code.filename);
  archive.Number(code.flags);
  archive.Number(code.first_line);
  archive.Number(code.positional_count);
  archive.Number(code.positional_only_count);
  archive.Number(code.keyword_only_count);
  archive.Number(code.register_count);
  archive.Number(code.attribute_guess);
  archive.List(code.local_names, text);
  archive.List(code.cell_names, text);
  archive.List(code.cell_registers, [&](auto& reg) { archive.Number(reg); });
  archive.List(code.free_names, text);
  archive.List(code.names, text);
  archive.List(code.words, [&](auto& word) { archive.Word(word); });
  archive.List(code.constants, [&](auto& item) { TransferConstant(archive, item, depth); });
  TransferLines(archive, code);
  archive.List(code.exceptions, [&](auto& entry) {
    archive.Number(entry.start);
    archive.Number(entry.end);
    archive.Number(entry.handler);
    archive.Number(entry.reg);
  });
}

}  // namespace

std::string WriteCodeImage(const CodeData& code) {
  Writer writer;
  TransferCode(writer, code, 0);
  return writer.Finish();
}

std::shared_ptr<CodeData> ReadCodeImage(std::string_view image) {
  Reader reader(image);
  auto code = std::make_shared<CodeData>();
  if (reader.ok()) TransferCode(reader, *code, 0);
  return reader.ok() ? code : nullptr;
}

}  // namespace gila::compiler
