// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Files that are written in commits, and ends of the program at any moment. The calls of a run to
// the operating system are recorded; a kill leaves the first k of them, the last one perhaps in
// part, and a loss of power any part of those that nobody had waited for. Real kills as well.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <thread>

#include "recorded_writes.hpp"
#include "scratch_folder.hpp"
#include "shakefield/store/file.hpp"
#include "store_test_tools.hpp"

namespace shakefield::store {
namespace {

namespace fs = std::filesystem;

core::RowType number_row() {
  core::RowType row;
  row.add("n", core::Scalar::u64);
  return row;
}

std::uint64_t rows_until(std::int64_t round) {
  std::uint64_t rows = 0;
  for (std::int64_t r = 1; r <= round; ++r)
    rows += static_cast<std::uint64_t>(100 + 977 * r % 1500);
  return rows;
}

/// Whether a round leaves much at the end of the file; the next one shortens it.
bool has_end(std::int64_t round) {
  return round % 3 == 0;
}

/// What rounds do to a file: a table grows, a dataset is replaced by a larger or smaller one in
/// space that was freed before, small datasets and attributes come.
class Rounds {
 public:
  Rounds(File& file, std::int64_t last)
      : file_(file),
        round_(last),
        table_(file, "/t", number_row(), {}, 4096, last == 0 ? Start::anew : Start::resume) {}

  void write_next() {
    const std::uint64_t first = rows_until(round_), end = rows_until(++round_);
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t n = first; n < end; ++n) numbers.push_back(n * n);
    table_.append(std::as_bytes(std::span(numbers)));
    table_.checkpoint();
    remove(file_, "/scratch");
    remove(file_, "/end");
    const auto size = static_cast<std::size_t>(10 + 3571 * round_ % 20'000);
    write_array(file_, "/scratch",
                core::Array::of<double>(std::vector<double>(size, static_cast<double>(round_))));
    write_array(file_, "/kept/" + std::to_string(round_),
                core::Array::of<double>(std::vector<double>(3, static_cast<double>(round_))));
    if (has_end(round_))
      write_array(file_, "/end", core::Array::of<double>(std::vector<double>(40'000, 1.0)));
    write_attributes(file_, "/", {{"round", round_}});
  }

  std::int64_t round() const { return round_; }

 private:
  File& file_;
  std::int64_t round_;
  TableWriter table_;
};

/// The last round of a file in which everything is as that round left it.
std::int64_t checked_round(const File& file) {
  const auto round = std::get<std::int64_t>(read_attributes(file, "/").at("round"));
  const core::Array table = read_array(file, "/t");
  EXPECT_EQ(table.rows(), rows_until(round));
  const auto numbers = table.column_i64("n");
  for (std::size_t n = 0; n < numbers.size(); ++n)
    if (numbers[n] != static_cast<std::int64_t>(n * n)) {
      ADD_FAILURE() << "row " << n << " of round " << round << " is " << numbers[n];
      break;
    }
  const std::vector<double> scratch = read_array(file, "/scratch").column_f64("");
  EXPECT_EQ(scratch, std::vector<double>(scratch.size(), static_cast<double>(round)));
  EXPECT_EQ(exists(file, "/end"), has_end(round));
  if (exists(file, "/end")) {
    EXPECT_EQ(read_array(file, "/end").column_f64(""), std::vector<double>(40'000, 1.0));
  }
  EXPECT_EQ(children(file, "/kept").size(), static_cast<std::size_t>(round));
  for (std::int64_t r = 1; r <= round; ++r)
    EXPECT_EQ(read_array(file, "/kept/" + std::to_string(r)).column_f64(""),
              std::vector<double>(3, static_cast<double>(r)));
  return round;
}

/// Goes on from where the file is, with commits, to its end.
void go_on(const fs::path& path, int rounds) {
  File file = File::open(path, Access::read_write, Writing::in_commits);
  Rounds work(file, checked_round(file));
  for (int i = 0; i < rounds; ++i) {
    work.write_next();
    if (i % 2 == 0) file.commit();
  }
  const std::int64_t last = work.round();
  file.close();
  EXPECT_FALSE(fs::exists(path.string() + ".journal"));
  EXPECT_EQ(checked_round(File::open(path)), last);
}

/// A run of some rounds: its calls, and after how many of them each commit began and was done.
struct Recording {
  fs::path folder;
  std::vector<FileCall> calls;
  struct Commit {
    std::size_t begin, end;
  };
  std::vector<Commit> commits;

  /// Rounds that may be seen when the first `calls` calls were made.
  std::set<std::int64_t> possible_rounds(std::size_t num_calls) const {
    std::set<std::int64_t> rounds;
    std::int64_t round = 0;
    for (const Commit& commit : commits) {
      if (num_calls <= commit.begin) break;
      rounds = {++round};
      if (num_calls < commit.end) rounds.insert(round - 1);
    }
    return rounds;
  }
};

Recording record(const fs::path& folder, int num_rounds) {
  Recording recording;
  recording.folder = fs::canonical(folder);
  RecordedWrites recorder(folder);
  File file = File::create(folder / "out.h5", false, Writing::in_commits);
  Rounds rounds(file, 0);
  for (int i = 0; i < num_rounds; ++i) {
    rounds.write_next();
    const std::size_t begin = recorder.calls().size();
    file.commit();
    recording.commits.push_back({begin, recorder.calls().size()});
  }
  file.close();
  recording.calls = recorder.calls();
  return recording;
}

using Contents = std::map<std::string, std::vector<std::byte>>;

void apply(const FileCall& call, std::size_t share_bytes, Contents& files) {
  if (call.kind == FileCall::Kind::sync) return;
  if (call.kind == FileCall::Kind::remove) {
    files.erase(call.path);
    return;
  }
  std::vector<std::byte>& file = files[call.path];
  if (call.kind == FileCall::Kind::resize) {
    file.resize(call.at);
    return;
  }
  file.resize(std::max<std::size_t>(file.size(), call.at + share_bytes));
  std::copy_n(call.bytes.begin(), share_bytes, file.begin() + static_cast<std::ptrdiff_t>(call.at));
}

void put(const Contents& files, const fs::path& folder) {
  for (const auto& [path, bytes] : files)
    std::ofstream(folder / fs::path(path).filename(), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

/// Opens what is left of a run; it must be as one of the commits left it.
void expect_a_commit(const Contents& files, const std::set<std::int64_t>& possible, bool resume) {
  const ScratchFolder folder;
  put(files, folder.path());
  const fs::path path = folder / "out.h5";
  if (is_blank(path)) {
    EXPECT_TRUE(possible.empty() || possible.contains(0));
    return;
  }
  EXPECT_TRUE(possible.contains(checked_round(File::open(path))));
  EXPECT_FALSE(fs::exists(path.string() + ".journal") &&
               fs::file_size(path.string() + ".journal") > 0);
  if (resume) go_on(path, 3);
}

constexpr std::size_t page_bytes = 4096;

TEST(CommitTest, AKillAtAnyCallLeavesACommit) {
  const ScratchFolder folder;
  const Recording recording = record(folder.path(), 6);
  ASSERT_GT(recording.calls.size(), 50u);
  Contents files;
  for (std::size_t calls = 0; calls < recording.calls.size(); ++calls) {
    SCOPED_TRACE("killed in call " + std::to_string(calls));
    const FileCall& call = recording.calls[calls];
    Contents with_half = files;
    // The first page of the file, by which journals know it, is not torn.
    const std::size_t half = call.bytes.size() / 2;
    const bool is_first_page = call.at + half < page_bytes && call.path.ends_with(".h5");
    apply(call, is_first_page ? 0 : half, with_half);
    auto possible = recording.possible_rounds(calls + 1);
    possible.merge(recording.possible_rounds(calls));
    expect_a_commit(with_half, possible, false);
    apply(call, call.bytes.size(), files);
    expect_a_commit(files, recording.possible_rounds(calls + 1), calls % 16 == 0);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_EQ(files.size(), 1u);
}

/// What a loss of power leaves: of each file all that was waited for, of the rest what chance will.
Contents after_power_loss(const Recording& recording, std::size_t calls, std::mt19937& random) {
  std::map<std::string, std::size_t> synced;
  for (std::size_t i = 0; i < calls; ++i)
    if (recording.calls[i].kind == FileCall::Kind::sync) synced[recording.calls[i].path] = i;
  Contents files;
  for (std::size_t i = 0; i < calls; ++i) {
    const FileCall& call = recording.calls[i];
    if (i < synced[call.path] || random() % 2 == 0) apply(call, call.bytes.size(), files);
  }
  return files;
}

TEST(CommitTest, ALossOfPowerAtAnyCallLeavesACommit) {
  const ScratchFolder folder;
  const Recording recording = record(folder.path(), 4);
  std::mt19937 random(1);
  for (std::size_t calls = 1; calls <= recording.calls.size(); ++calls)
    for (int chance = 0; chance < 3; ++chance) {
      SCOPED_TRACE("lost power after call " + std::to_string(calls));
      auto possible = recording.possible_rounds(calls);
      expect_a_commit(after_power_loss(recording, calls, random), possible, false);
      if (testing::Test::HasFailure()) return;
    }
}

TEST(CommitTest, WithoutClosingAFileStaysAsItWasAtTheLastCommit) {
  const ScratchFolder folder;
  const fs::path path = folder / "out.h5";
  {
    File file = File::create(path, false, Writing::in_commits);
    Rounds rounds(file, 0);
    rounds.write_next();
    file.commit();
    rounds.write_next();
    EXPECT_GT(file.held_bytes(), 0u);
    EXPECT_EQ(checked_round(file), 2);
  }
  EXPECT_EQ(checked_round(File::open(path)), 1);
  go_on(path, 2);
}

TEST(CommitTest, WithoutACommitAFileIsBlank) {
  const ScratchFolder folder;
  const fs::path path = folder / "out.h5";
  EXPECT_TRUE(is_blank(path));
  {
    File file = File::create(path, false, Writing::in_commits);
    Rounds(file, 0).write_next();
  }
  EXPECT_TRUE(is_blank(path));
  EXPECT_EQ(error_of([&] { File::open(path); }).kind(), core::ErrorKind::data);
  std::ofstream(path) << "notes of someone";
  EXPECT_FALSE(is_blank(path));
}

TEST(CommitTest, AFullDiskLeavesTheLastCommit) {
  for (const rlim_t bytes : {200'000, 300'000, 500'000, 700'000}) {
    const ScratchFolder folder;
    const fs::path path = folder / "out.h5";
    std::int64_t last = 0;
    {
      const FileSizeLimit limit(bytes);
      File file = File::create(path, false, Writing::in_commits);
      Rounds rounds(file, 0);
      const core::Error error = error_of([&] {
        for (;;) {
          rounds.write_next();
          file.commit();
          last = rounds.round();
        }
      });
      EXPECT_EQ(error.kind(), core::ErrorKind::io);
      EXPECT_TRUE(contains(error, "File too large")) << error.what();
    }
    ASSERT_GT(last, 0);
    EXPECT_EQ(checked_round(File::open(path)), last);
    go_on(path, 3);
  }
}

/// A file whose last commit still stands in the journal.
std::int64_t leave_pending_commit(const fs::path& folder) {
  const ScratchFolder recorded;
  const Recording recording = record(recorded.path(), 4);
  Contents files;
  std::size_t calls = 0;
  // The journal is whole when someone waits for it the second time in a commit.
  for (int syncs = 0; calls < recording.commits[2].begin || syncs < 2; ++calls) {
    apply(recording.calls[calls], recording.calls[calls].bytes.size(), files);
    if (calls >= recording.commits[2].begin)
      syncs += recording.calls[calls].kind == FileCall::Kind::sync;
  }
  put(files, folder);
  return 3;
}

/// Permissions do not hold for root: for the life of the object the process is someone else.
class NotRoot {
 public:
  explicit NotRoot(const fs::path& readable) {
    constexpr uid_t nobody = 65534;
    ::chmod(readable.c_str(), 0755);
    if (::geteuid() == 0) {
      EXPECT_EQ(::seteuid(nobody), 0);
    }
  }
  ~NotRoot() { EXPECT_EQ(::seteuid(::getuid()), 0); }
  NotRoot(const NotRoot&) = delete;
  NotRoot& operator=(const NotRoot&) = delete;
};

TEST(CommitTest, AFileThatCannotBeWrittenIsReadWithItsJournal) {
  const ScratchFolder folder;
  const std::int64_t last = leave_pending_commit(folder.path());
  const fs::path path = folder / "out.h5";
  const auto journal_bytes = fs::file_size(path.string() + ".journal");
  ASSERT_GT(journal_bytes, 0u);
  ::chmod(path.c_str(), 0444);
  const NotRoot user(folder.path());
  EXPECT_EQ(checked_round(File::open(path)), last);
  EXPECT_EQ(fs::file_size(path.string() + ".journal"), journal_bytes);
}

TEST(CommitTest, APendingCommitIsBroughtInByWhoeverOpensTheFile) {
  const ScratchFolder folder;
  const std::int64_t last = leave_pending_commit(folder.path());
  EXPECT_EQ(checked_round(File::open(folder / "out.h5")), last);
  EXPECT_FALSE(fs::exists(folder / "out.h5.journal"));
}

TEST(CommitTest, AJournalDoesNoHarmToAnotherFileOfItsName) {
  const ScratchFolder folder;
  leave_pending_commit(folder.path());
  const fs::path path = folder / "out.h5";
  {
    File other = File::create(folder / "other.h5");
    write_array(other, "/a", core::Array::of<double>(std::vector<double>(1000, 1.0)));
    other.close();
  }
  fs::rename(folder / "other.h5", path);
  const core::Error error = error_of([&] { File::open(path); });
  EXPECT_EQ(error.kind(), core::ErrorKind::data);
  EXPECT_TRUE(contains(error, "is of another file")) << error.what();
  fs::remove(path.string() + ".journal");
  EXPECT_EQ(read_array(File::open(path), "/a").rows(), 1000u);
}

TEST(CommitTest, ANewFileForgetsTheJournalOfTheOld) {
  const ScratchFolder folder;
  leave_pending_commit(folder.path());
  File::create(folder / "out.h5", true).close();
  EXPECT_FALSE(fs::exists(folder / "out.h5.journal"));
  EXPECT_TRUE(children(File::open(folder / "out.h5"), "/").empty());
}

TEST(CommitTest, AFileThatIsBeingWrittenIsLeftAlone) {
  const ScratchFolder folder;
  const fs::path path = folder / "out.h5";
  File file = File::create(path, false, Writing::in_commits);
  Rounds rounds(file, 0);
  rounds.write_next();
  file.commit();
  const core::Error reading = error_of([&] { File::open(path); });
  EXPECT_EQ(reading.kind(), core::ErrorKind::io);
  EXPECT_TRUE(contains(reading, "wait for the end of the run")) << reading.what();
  EXPECT_EQ(error_of([&] { File::create(path, true); }).kind(), core::ErrorKind::config);
  rounds.write_next();
  file.close();
  EXPECT_EQ(checked_round(File::open(path)), 2);
}

/// Writes rounds without end; says each one's number after its commit.
[[noreturn]] void write_until_killed(const fs::path& path, std::int64_t last, int out) {
  std::optional<File> file;
  if (last == 0) {
    file = File::create(path, true, Writing::in_commits);
  } else {
    file = File::open(path, Access::read_write, Writing::in_commits);
  }
  Rounds rounds(*file, last);
  for (;;) {
    rounds.write_next();
    file->commit();
    const std::int64_t done = rounds.round();
    if (::write(out, &done, sizeof done) != sizeof done) ::_exit(1);
  }
}

TEST(CommitTest, KilledProcessesLoseNothingThatWasCommitted) {
  constexpr int num_kills = 40;
  const ScratchFolder folder;
  const fs::path path = folder / "out.h5";
  std::mt19937 random(7);
  std::int64_t last = 0, most = 0;
  for (int i = 0; i < num_kills; ++i) {
    SCOPED_TRACE("kill " + std::to_string(i));
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t process = ::fork();
    if (process == 0) write_until_killed(path, last, ends[1]);
    ::close(ends[1]);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    std::int64_t acknowledged = last;
    for (std::int64_t round = 0; ::read(ends[0], &round, sizeof round) == sizeof round;)
      acknowledged = round;
    ::close(ends[0]);
    last = is_blank(path) ? 0 : checked_round(File::open(path));
    EXPECT_TRUE(last == acknowledged || last == acknowledged + 1);
    most = std::max(most, last);
    if (last > 300) last = 0;
  }
  EXPECT_GT(most, 0);
}

}  // namespace
}  // namespace shakefield::store
