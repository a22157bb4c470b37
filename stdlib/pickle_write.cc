// pickle_write.cc: the bytes that a pickler makes: opcodes into a buffer, frames of about 64 KiB
// from protocol 4 on, large payloads past the frames, and the memo.
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "stdlib/native_support.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

namespace {
constexpr size_t kFrameTarget = 64 * 1024, kFrameLeast = 4, kFrameHeader = 9;

uint64_t MixWord(uint64_t word) { return (word >> 4) * 0x9E3779B97F4A7C15u; }

void LittleEndian(char* out, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out[i] = static_cast<char>(number >> (8 * i));
}
}  // namespace

// --- the memo ---

const MemoTable::Entry* MemoTable::Find(Value v) const {
  if (entries_.empty()) return nullptr;
  const size_t mask = entries_.size() - 1;
  for (size_t i = MixWord(v.word()) >> 20 & mask;; i = (i + 1) & mask) {
    if (entries_[i].word == v.word()) return &entries_[i];
    if (entries_[i].word == 0) return nullptr;
  }
}

void MemoTable::Add(Value v, uint32_t index) {
  if (used_ * 3 >= entries_.size() * 2) Grow();
  const size_t mask = entries_.size() - 1;
  size_t i = MixWord(v.word()) >> 20 & mask;
  while (entries_[i].word != 0 && entries_[i].word != v.word()) i = (i + 1) & mask;
  if (entries_[i].word == 0) ++used_;
  entries_[i] = {v.word(), index};
}

void MemoTable::Grow() {
  std::vector<Entry> old = std::move(entries_);
  entries_.assign(old.empty() ? 64 : old.size() * 2, Entry());
  used_ = 0;
  for (const Entry& entry : old)
    if (entry.word != 0) Add(Value(entry.word), entry.index);
}

void MemoTable::Clear() {
  entries_.clear();
  used_ = 0;
}

bool Saver::InMemo(Value v, uint32_t* index) const {
  const MemoTable::Entry* const entry = memo_->Find(v);
  if (entry != nullptr) *index = entry->index;
  return entry != nullptr;
}

Status Saver::Memoize(Value v) {
  if (fast_) return kOk;
  const auto index = static_cast<uint32_t>(memo_->size());
  GILA_TRY_VOID(ListAppend(thread_, kept_, v));
  memo_->Add(v, index);
  if (protocol_ >= 4) {
    Put(kMemoize);
  } else if (!binary_) {
    Put(kPut);
    Put(std::to_string(index) + "\n");
  } else {
    PutNumber(index < 256 ? kBinPut : kLongBinPut, index, index < 256 ? 1 : 4);
  }
  return kOk;
}

Status Saver::GetMemo(uint32_t index) {
  if (!binary_) {
    Put(kGet);
    Put(std::to_string(index) + "\n");
  } else {
    PutNumber(index < 256 ? kBinGet : kLongBinGet, index, index < 256 ? 1 : 4);
  }
  return kOk;
}

// --- bytes ---

void Saver::Put(std::string_view bytes) {
  if (framing_ && frame_start_ == kNoFrame) {
    frame_start_ = out_.size();
    out_.append(kFrameHeader, '\0');
  }
  out_.append(bytes);
}

void Saver::Put(uint8_t opcode) {
  const char c = static_cast<char>(opcode);
  Put(std::string_view(&c, 1));
}

void Saver::PutNumber(uint8_t opcode, uint64_t number, int bytes) {
  char text[9];
  text[0] = static_cast<char>(opcode);
  LittleEndian(text + 1, number, bytes);
  Put(std::string_view(text, static_cast<size_t>(bytes) + 1));
}

Status Saver::EndFrame() {
  if (frame_start_ == kNoFrame) return kOk;
  const size_t length = out_.size() - frame_start_ - kFrameHeader;
  if (length < kFrameLeast) {
    // A frame around so little is not worth its header.
    out_.erase(frame_start_, kFrameHeader);
  } else {
    out_[frame_start_] = static_cast<char>(kFrame);
    LittleEndian(&out_[frame_start_ + 1], length, 8);
  }
  frame_start_ = kNoFrame;
  return kOk;
}

// Between two opcodes of the outermost kind: a frame that is long enough ends here, and goes to the
// file.
Status Saver::Boundary() {
  if (!framing_ || frame_start_ == kNoFrame) return kOk;
  if (GILA_LIKELY(out_.size() - frame_start_ - kFrameHeader < kFrameTarget)) return kOk;
  GILA_TRY_VOID(EndFrame());
  return write.IsUnbound() ? kOk : Flush();
}

Status Saver::Flush() {
  if (write.IsUnbound() || out_.empty()) return kOk;
  GILA_TRY(const Value bytes, NewBytes(thread_, out_));
  out_.clear();
  GILA_TRY_VOID(Call(thread_, write, {bytes}));
  return kOk;
}

// A header and a payload; when that is large, outside of any frame and not copied for the file.
Status Saver::PutLarge(std::string_view header, std::string_view payload) {
  if (payload.size() < kFrameTarget) {
    Put(header);
    out_.append(payload);
    return kOk;
  }
  GILA_TRY_VOID(EndFrame());
  const bool framing = framing_;
  framing_ = false;
  Put(header);
  out_.append(payload);
  framing_ = framing;
  return framing && !write.IsUnbound() ? Flush() : kOk;
}

Result<Value> Saver::Bytes() { return NewBytes(thread_, out_); }

// --- a dump ---

Saver::Saver(Thread& thread, int protocol, bool fix_imports, MemoTable* memo, List* kept)
    : thread_(thread),
      protocol_(protocol),
      binary_(protocol > 0),
      fix_imports_(fix_imports && protocol < 3),
      memo_(memo),
      kept_(kept) {}

Status Saver::Adopt(PicklerObject* pickler) {
  fast_ = pickler->fast.Load() != 0;
  write = pickler->write.Load();
  buffer_callback = pickler->buffer_callback.Load();
  dispatch_table_ = pickler->dispatch_table.Load();
  GILA_TRY(persistent_id_, GetAttrOrUnbound(thread_, pickler, Intern(thread_, "persistent_id")));
  if (TypeOf(pickler) != pickler_type) {
    GILA_TRY(reducer_override_,
             GetAttrOrUnbound(thread_, pickler, Intern(thread_, "reducer_override")));
    GILA_TRY(dispatch_table_,
             GetAttrOrUnbound(thread_, pickler, Intern(thread_, "dispatch_table")));
  }
  return kOk;
}

Status Saver::Dump(Value v) {
  if (protocol_ >= 2) {
    const char header[] = {static_cast<char>(kProto), static_cast<char>(protocol_)};
    Put(std::string_view(header, 2));
    framing_ = protocol_ >= 4;
  }
  GILA_TRY_VOID(Save(v));
  Put(kStop);
  GILA_TRY_VOID(EndFrame());
  framing_ = false;
  return Flush();
}

}  // namespace gila::pickling
