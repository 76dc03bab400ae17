// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "handle.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/hash.hpp"

namespace shakefield::store {
namespace {

constexpr std::uint64_t magic = 0x324c4e524a4653;  // "SFJRNL2"
constexpr std::size_t digest_bytes = 32;

/// The first bytes of an HDF5 file: its size and where its root is. They tell whose journal it is.
constexpr std::size_t head_bytes = 48;
using Head = std::array<std::byte, head_bytes>;

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : id_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~Descriptor() {
    if (id_ >= 0) ::close(id_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int id() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }
  /// False if another process has locked the file. Where there are no locks, nobody has.
  bool lock() const { return ::flock(id_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK; }

 private:
  int id_;
};

void expect(bool done, const std::string& deed) {
  if (!done) fail(deed, std::strerror(errno));
}

void write_all(int descriptor, std::span<const std::byte> bytes, std::uint64_t address,
               const std::string& deed) {
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(address));
    if (written < 0 && errno == EINTR) continue;
    expect(written > 0, deed);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    address += static_cast<std::uint64_t>(written);
  }
}

std::string digest_of(std::span<const std::byte> bytes) {
  core::Digest digest;
  digest.add(bytes);
  return digest.hex();
}

Head head_of(int descriptor) {
  Head head{};
  [[maybe_unused]] const ssize_t read = ::pread(descriptor, head.data(), head.size(), 0);
  return head;
}

struct Journal {
  Head head;  ///< of the file before the commit
  HeldWrites writes;

  /// Whether a file is as the commit found it or left it.
  bool is_of(int descriptor) const {
    Head after = head;
    writes.overlay(0, after);
    const Head now = head_of(descriptor);
    return now == head || now == after;
  }
};

/// Writes a journal as it comes: a commit is not held twice.
class JournalWriter {
 public:
  JournalWriter(int descriptor, const std::string& deed) : descriptor_(descriptor), deed_(deed) {}

  void put(std::uint64_t number) { put(std::as_bytes(std::span(&number, 1))); }
  void put(std::span<const std::byte> bytes) {
    digest_.add(bytes);
    append(bytes);
  }
  void finish() {
    const std::string digest = digest_.hex();
    append(std::as_bytes(std::span(digest)));
    flush();
  }

 private:
  static constexpr std::size_t buffer_bytes = std::size_t{64} << 10;

  void append(std::span<const std::byte> bytes) {
    if (buffer_.size() + bytes.size() > buffer_bytes) flush();
    if (bytes.size() > buffer_bytes) return write(bytes);
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  }
  void flush() {
    write(buffer_);
    buffer_.clear();
  }
  void write(std::span<const std::byte> bytes) {
    write_all(descriptor_, bytes, end_, deed_);
    end_ += bytes.size();
  }

  int descriptor_;
  const std::string& deed_;
  core::Digest digest_;
  std::vector<std::byte> buffer_;
  std::uint64_t end_ = 0;
};

void write_journal(int journal, const Head& head, const HeldWrites& writes,
                   const std::string& deed) {
  JournalWriter writer(journal, deed);
  writer.put(magic);
  writer.put(head);
  writer.put(writes.pieces().size());
  for (const auto& [address, piece] : writes.pieces()) {
    writer.put(address);
    writer.put(piece.size());
    writer.put(piece);
  }
  writer.finish();
}

/// Nothing if the journal was not written to its end.
std::optional<Journal> from_bytes(std::span<const std::byte> bytes) {
  if (bytes.size() < digest_bytes) return std::nullopt;
  const std::span<const std::byte> body = bytes.first(bytes.size() - digest_bytes);
  const std::string digest = digest_of(body);
  if (std::memcmp(digest.data(), bytes.data() + body.size(), digest_bytes) != 0)
    return std::nullopt;
  std::size_t at = 0;
  const auto number = [&] {
    std::uint64_t value = 0;
    std::memcpy(&value, body.data() + at, sizeof value);
    at += sizeof value;
    return value;
  };
  if (number() != magic) return std::nullopt;
  Journal journal;
  std::copy_n(body.begin() + sizeof magic, head_bytes, journal.head.begin());
  at += head_bytes;
  for (std::uint64_t left = number(); left > 0; --left) {
    const std::uint64_t address = number(), size = number();
    journal.writes.add(address, body.subspan(at, size));
    at += size;
  }
  return journal;
}

/// Nothing if it was not written to its end. Throws Error{data} if it is not of the open file.
std::optional<HeldWrites> read_journal(const std::filesystem::path& file, int descriptor) {
  std::ifstream stream(journal_of(file), std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
  std::optional<Journal> journal = from_bytes(std::as_bytes(std::span(bytes)));
  if (!journal) return std::nullopt;
  core::validate(journal->is_of(descriptor), core::ErrorKind::data,
                 fmt::format("cannot {} ({} beside it is of another file), move that away",
                             deed("open", "", file), journal_of(file).string()));
  return std::move(journal->writes);
}

void apply(int descriptor, const HeldWrites& writes, const std::string& deed) {
  for (const auto& [address, bytes] : writes.pieces()) write_all(descriptor, bytes, address, deed);
}

/// Makes the name of a new file last.
void sync_folder_of(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.parent_path();
  const Descriptor descriptor(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (descriptor) ::fsync(descriptor.id());
}

}  // namespace

std::filesystem::path journal_of(const std::filesystem::path& file) {
  return file.string() + ".journal";
}

void commit_writes(const std::filesystem::path& file, int descriptor, const HeldWrites& writes,
                   bool wait, const std::string& deed) {
  const std::filesystem::path path = journal_of(file);
  const std::string journal_deed = store::deed("write", "", path);
  std::error_code ignored;
  const bool is_new = !std::filesystem::exists(path, ignored);
  if (wait) expect(::fdatasync(descriptor) == 0, deed);
  const Descriptor journal(path, O_WRONLY | O_CREAT | O_TRUNC);
  expect(bool(journal), journal_deed);
  write_journal(journal.id(), head_of(descriptor), writes, journal_deed);
  if (wait) expect(::fdatasync(journal.id()) == 0, journal_deed);
  if (wait && is_new) sync_folder_of(path);
  apply(descriptor, writes, deed);
  if (wait) expect(::fdatasync(descriptor) == 0, deed);
  expect(::ftruncate(journal.id(), 0) == 0, journal_deed);
}

void remove_journal(const std::filesystem::path& file) {
  std::error_code ignored;
  // Else a loss of power could bring it back, beside another file of the same name.
  if (std::filesystem::remove(journal_of(file), ignored)) sync_folder_of(file);
}

HeldWrites recover(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(journal_of(file), ignored)) return {};
  const Descriptor descriptor(file, O_RDWR);
  if (!descriptor) {
    const Descriptor reading(file, O_RDONLY);
    return read_journal(file, reading.id()).value_or(HeldWrites{});
  }
  const std::string what = deed("open", "", file);
  if (!descriptor.lock()) fail(what, std::strerror(EWOULDBLOCK));
  if (const auto writes = read_journal(file, descriptor.id())) {
    apply(descriptor.id(), *writes, what);
    expect(::fdatasync(descriptor.id()) == 0, what);
  }
  remove_journal(file);
  return {};
}

void expect_no_writer(const std::filesystem::path& file) {
  const Descriptor descriptor(file, O_RDWR);
  core::validate(!descriptor || descriptor.lock(), core::ErrorKind::config,
                 fmt::format("{} is being written (another run has it open), wait for its end or "
                             "give another name",
                             file.string()));
}

}  // namespace shakefield::store
