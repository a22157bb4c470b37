// generate_table.cc: a program of the build: reads the Unicode Character Database and writes the
// table of table_layout.h.
//
//   generate_table FOLDER OUTPUT
//
// The database may be newer than the version that the table is for: what came later counts as
// unassigned.
#include <bzlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/unicode/table_layout.h"

namespace gila::compiler::unicode {
namespace {

constexpr double kVersion = 14.0;
constexpr uint32_t kCodePoints = 0x110000;

std::string folder;

[[noreturn]] void Die(const std::string& what) {
  fprintf(stderr, "generate_table: %s\n", what.c_str());
  exit(1);
}

std::string ReadFile(const std::string& name) {
  std::ifstream in(folder + "/" + name);
  if (!in) Die("cannot read " + folder + "/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string ReadCompressed(const std::string& name) {
  BZFILE* file = BZ2_bzopen((folder + "/" + name).c_str(), "r");
  if (file == nullptr) Die("cannot read " + folder + "/" + name);
  std::string text;
  char buffer[65536];
  for (int got; (got = BZ2_bzread(file, buffer, sizeof(buffer))) > 0;) text.append(buffer, got);
  BZ2_bzclose(file);
  return text;
}

std::string Trim(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// The rows of a file without comments, cut at `separator`.
std::vector<std::vector<std::string>> Rows(const std::string& text, char separator) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line = Trim(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    std::vector<std::string> row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, separator);) row.push_back(Trim(cell));
    rows.push_back(row);
  }
  return rows;
}

uint32_t Hex(const std::string& text) {
  return static_cast<uint32_t>(strtoul(text.c_str(), nullptr, 16));
}

// "0041" or "0041..005A"
template <class Visit>
void ForRange(const std::string& range, Visit visit) {
  const size_t dots = range.find("..");
  const uint32_t first = Hex(range);
  const uint32_t last = dots == std::string::npos ? first : Hex(range.substr(dots + 2));
  for (uint32_t c = first; c <= last; ++c) visit(c);
}

template <size_t kCount>
uint8_t IndexIn(const char* const (&names)[kCount], const std::string& name) {
  for (size_t i = 0; i < kCount; ++i) {
    if (name == names[i]) return static_cast<uint8_t>(i);
  }
  Die("unknown property value " + name);
}

double Fraction(const std::string& text) {
  const size_t slash = text.find('/');
  const double above = strtod(text.c_str(), nullptr);
  return slash == std::string::npos ? above : above / strtod(text.c_str() + slash + 1, nullptr);
}

struct Database {
  std::vector<Properties> properties = std::vector<Properties>(kCodePoints);
  std::vector<bool> assigned = std::vector<bool>(kCodePoints);
  std::map<uint32_t, std::string> decompositions;
  std::map<uint32_t, Number> numbers;
  std::map<uint32_t, std::string> names;
  std::vector<uint32_t> aliases;
  std::vector<std::vector<uint32_t>> sequences;
};

void ReadAges(Database& data) {
  for (const auto& row : Rows(ReadFile("DerivedAge.txt"), ';')) {
    if (strtod(row[1].c_str(), nullptr) <= kVersion)
      ForRange(row[0], [&](uint32_t c) { data.assigned[c] = true; });
  }
}

void ReadCharacters(Database& data) {
  uint32_t range_start = 0;
  std::istringstream lines(ReadFile("UnicodeData.txt"));
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cell;
    std::istringstream cells(line);
    for (std::string part; std::getline(cells, part, ';');) cell.push_back(part);
    cell.resize(15);
    const uint32_t code = Hex(cell[0]);
    const std::string& name = cell[1];
    const bool first = name.ends_with(", First>"), last = name.ends_with(", Last>");
    if (first) range_start = code;
    if (first) continue;
    const Properties properties = {IndexIn(kCategories, cell[2]), IndexIn(kBidirectional, cell[4]),
                                   0, static_cast<uint8_t>(atoi(cell[3].c_str())),
                                   static_cast<uint8_t>(cell[9] == "Y")};
    for (uint32_t c = last ? range_start : code; c <= code; ++c) {
      if (data.assigned[c]) data.properties[c] = properties;
    }
    if (!data.assigned[code]) continue;
    if (name[0] != '<') data.names[code] = name;
    if (!cell[5].empty()) data.decompositions[code] = cell[5];
    if (cell[8].empty()) continue;
    data.numbers[code] = {code, static_cast<int8_t>(cell[6].empty() ? -1 : atoi(cell[6].c_str())),
                          static_cast<int8_t>(cell[7].empty() ? -1 : atoi(cell[7].c_str())),
                          Fraction(cell[8])};
  }
}

void ReadWidths(Database& data) {
  std::vector<uint8_t> width(kCodePoints, IndexIn(kWidths, "N"));
  for (const auto& row : Rows(ReadFile("EastAsianWidth.txt"), ';'))
    ForRange(row[0], [&](uint32_t c) { width[c] = IndexIn(kWidths, row[1]); });
  for (uint32_t c = 0; c < kCodePoints; ++c) {
    if (data.properties[c].category != 0) data.properties[c].width = width[c];
  }
}

void ReadIdeographNumbers(Database& data) {
  for (const auto& row : Rows(ReadCompressed("Unihan_NumericValues.txt.bz2"), '\t')) {
    const uint32_t code = Hex(row[0].substr(2));
    if (data.assigned[code] && !data.numbers.contains(code))
      data.numbers[code] = {code, -1, -1, Fraction(row[2])};
  }
}

void ReadMoreNames(Database& data) {
  for (const auto& row : Rows(ReadFile("NameAliases.txt"), ';')) {
    if (!data.assigned[Hex(row[0])]) continue;
    data.names[kFirstAlias + static_cast<uint32_t>(data.aliases.size())] = row[1];
    data.aliases.push_back(Hex(row[0]));
  }
  for (const auto& row : Rows(ReadFile("NamedSequences.txt"), ';')) {
    std::vector<uint32_t> sequence;
    std::istringstream codes(row[1]);
    for (std::string code; codes >> code;) sequence.push_back(Hex(code));
    if (std::any_of(sequence.begin(), sequence.end(),
                    [&](uint32_t c) { return !data.assigned[c]; }))
      continue;
    data.names[kFirstSequence + static_cast<uint32_t>(data.sequences.size())] = row[0];
    data.sequences.push_back(sequence);
  }
}

// --- writing ---

std::string out;
Table table;

template <class T>
uint32_t Append(const std::vector<T>& items) {
  out.resize((out.size() + 7) & ~size_t{7});
  const auto place = static_cast<uint32_t>(out.size());
  out.append(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T));
  return place;
}
uint32_t Append(const std::string& text) {
  const auto place = static_cast<uint32_t>(out.size());
  out += text;
  return place;
}

void WriteProperties(const Database& data) {
  std::vector<Properties> distinct;
  std::map<std::tuple<int, int, int, int, int>, uint16_t> known;
  std::vector<uint16_t> stage1, stage2;
  std::map<std::vector<uint16_t>, uint16_t> blocks;
  for (uint32_t start = 0; start < kCodePoints; start += 1u << kBlockShift) {
    std::vector<uint16_t> block;
    for (uint32_t c = start; c < start + (1u << kBlockShift); ++c) {
      const Properties& p = data.properties[c];
      const auto [at, fresh] =
          known.try_emplace({p.category, p.bidirectional, p.width, p.combining, p.mirrored},
                            static_cast<uint16_t>(distinct.size()));
      if (fresh) distinct.push_back(p);
      block.push_back(at->second);
    }
    const auto [at, fresh] = blocks.try_emplace(block, static_cast<uint16_t>(blocks.size()));
    if (fresh) stage2.insert(stage2.end(), block.begin(), block.end());
    stage1.push_back(at->second);
  }
  table.stage1 = Append(stage1);
  table.stage2 = Append(stage2);
  table.properties = Append(distinct);
}

void WriteDecompositions(const Database& data) {
  std::vector<Decomposition> rows;
  std::string texts;
  std::map<std::string, uint32_t> known;
  for (const auto& [code, text] : data.decompositions) {
    const auto [at, fresh] = known.try_emplace(text, static_cast<uint32_t>(texts.size()));
    if (fresh) texts += static_cast<char>(text.size()) + text;
    rows.push_back({code, at->second});
  }
  table.decompositions = Append(rows);
  table.decomposition_count = static_cast<uint32_t>(rows.size());
  table.decomposition_texts = Append(texts);
}

void WriteNumbers(const Database& data) {
  std::vector<Number> rows;
  for (const auto& [code, number] : data.numbers) rows.push_back(number);
  table.numbers = Append(rows);
  table.number_count = static_cast<uint32_t>(rows.size());
}

// A name's words; all but the first begin with the blank or hyphen before them.
std::vector<std::string> WordsOf(const std::string& name) {
  std::vector<std::string> words;
  size_t start = 0;
  for (size_t i = 1; i <= name.size(); ++i) {
    if (i < name.size() && name[i] != ' ' && name[i] != '-') continue;
    words.push_back(name.substr(start, i - start));
    start = i;
  }
  return words;
}

void WriteNames(const Database& data) {
  std::map<std::string, uint32_t> uses;
  for (const auto& [code, name] : data.names) {
    for (const std::string& word : WordsOf(name)) ++uses[word];
  }
  std::vector<std::pair<uint32_t, std::string>> order;
  for (const auto& [word, count] : uses) order.emplace_back(~count, word);
  std::sort(order.begin(), order.end());
  if (order.size() > kOneByteWords + (256 - kOneByteWords) * 256) Die("too many words in names");
  std::map<std::string, uint32_t> number_of;
  std::vector<uint32_t> places = {0};
  std::string words;
  for (const auto& [rank, word] : order) {
    number_of[word] = static_cast<uint32_t>(number_of.size());
    words += word;
    places.push_back(static_cast<uint32_t>(words.size()));
  }
  table.word_places = Append(places);
  table.words = Append(words);

  std::vector<uint32_t> codes, blocks;
  std::vector<std::pair<std::string, uint16_t>> sorted;
  std::string names;
  for (const auto& [code, name] : data.names) {
    if (codes.size() % kNameBlock == 0) blocks.push_back(static_cast<uint32_t>(names.size()));
    sorted.emplace_back(name, static_cast<uint16_t>(codes.size()));
    codes.push_back(code);
    std::string numbers;
    for (const std::string& word : WordsOf(name)) {
      const uint32_t number = number_of[word];
      if (number < kOneByteWords) {
        numbers += static_cast<char>(number);
      } else {
        numbers += static_cast<char>(kOneByteWords + (number - kOneByteWords) / 256);
        numbers += static_cast<char>((number - kOneByteWords) % 256);
      }
    }
    names += static_cast<char>(numbers.size()) + numbers;
  }
  if (codes.size() > 0xFFFF) Die("too many names");
  std::sort(sorted.begin(), sorted.end());
  std::vector<uint16_t> by_name;
  for (const auto& [name, number] : sorted) by_name.push_back(number);
  table.name_codes = Append(codes);
  table.name_count = static_cast<uint32_t>(codes.size());
  table.name_blocks = Append(blocks);
  table.names = Append(names);
  table.names_sorted = Append(by_name);
  table.aliases = Append(data.aliases);
  std::vector<uint16_t> sequence_places = {0};
  std::vector<uint32_t> sequences;
  for (const auto& sequence : data.sequences) {
    sequences.insert(sequences.end(), sequence.begin(), sequence.end());
    sequence_places.push_back(static_cast<uint16_t>(sequences.size()));
  }
  table.sequence_places = Append(sequence_places);
  table.sequences = Append(sequences);
}

}  // namespace
}  // namespace gila::compiler::unicode

int main(int argc, char** argv) {
  using namespace gila::compiler::unicode;
  if (argc != 3) Die("usage: generate_table FOLDER OUTPUT");
  folder = argv[1];
  Database data;
  ReadAges(data);
  ReadCharacters(data);
  ReadWidths(data);
  ReadIdeographNumbers(data);
  ReadMoreNames(data);
  out.assign(sizeof(Table), '\0');
  WriteProperties(data);
  WriteDecompositions(data);
  WriteNumbers(data);
  WriteNames(data);
  memcpy(out.data(), &table, sizeof(Table));
  std::ofstream file(argv[2], std::ios::binary);
  file.write(out.data(), static_cast<std::streamsize>(out.size()));
  return file.good() ? 0 : 1;
}
