// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/store/codec.hpp"

#include <fmt/format.h>

#include <fstream>
#include <random>

#include "scratch_folder.hpp"
#include "shakefield/store/file.hpp"
#include "store_test_tools.hpp"

namespace shakefield::store {
namespace {

core::RowType row(std::size_t floats) {
  core::RowType type;
  type.add("site", core::Scalar::u32).add("event", core::Scalar::u32);
  for (std::size_t i = 0; i < floats; ++i) type.add(fmt::format("x{}", i), core::Scalar::f32, "g");
  return type;
}

/// Noise does not compress: packed chunks are larger than the rows.
std::vector<std::byte> bytes_of(std::size_t size, bool noise) {
  std::vector<std::byte> bytes(size);
  std::mt19937 random(1);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = std::byte(noise ? random() : i / 64);
  return bytes;
}

using Case = std::tuple<CodecKind, int>;
class CodecTest : public testing::TestWithParam<Case> {};

TEST_P(CodecTest, Hdf5ReadsTheRowsBack) {
  const auto [kind, level] = GetParam();
  for (const std::size_t floats : {1U, 3U, 8U, 11U})
    for (const bool noise : {false, true}) {
      const ScratchFolder folder;
      const core::RowType type = row(floats);
      const std::vector<std::byte> rows = bytes_of(5003 * type.bytes, noise);
      {
        File file = File::create(folder / "out.h5");
        TableWriter table(file, "/t", type, {}, std::size_t{1} << 14, Start::anew, {kind, level});
        table.append(rows);
        table.finish();
        file.close();
      }
      const core::Array read = read_array(File::open(folder / "out.h5"), "/t");
      ASSERT_EQ(std::vector<std::byte>(read.data(), read.data() + read.size_bytes()), rows);
      if (!noise) {
        EXPECT_LT(std::filesystem::file_size(folder / "out.h5"), rows.size() / 2);
      }
    }
}

INSTANTIATE_TEST_SUITE_P(Levels, CodecTest,
                         testing::Values(Case{CodecKind::deflate, 1}, Case{CodecKind::deflate, 12},
                                         Case{CodecKind::zstd, -7}, Case{CodecKind::zstd, 1},
                                         Case{CodecKind::zstd, 19}));

TEST(CodecTest, LevelsOutOfRangeAreErrors) {
  for (const CodecChoice choice : {CodecChoice{CodecKind::deflate, 0},
                                   {CodecKind::deflate, 13},
                                   {CodecKind::zstd, -8},
                                   {CodecKind::zstd, 20}})
    EXPECT_EQ(error_of([&] { make_codec(choice, 20); }).kind(), core::ErrorKind::config);
}

TEST(CodecTest, ADamagedChunkIsAnErrorOfTheReader) {
  for (const CodecKind kind : {CodecKind::deflate, CodecKind::zstd}) {
    const ScratchFolder folder;
    const std::vector<std::byte> rows = bytes_of(12 * 10'000, true);
    {
      File file = File::create(folder / "out.h5");
      TableWriter table(file, "/t", row(1), {}, std::size_t{1} << 20, Start::anew, {kind, 1});
      table.append(rows);
      table.finish();
      file.close();
    }
    {
      std::fstream bytes(folder / "out.h5", std::ios::in | std::ios::out | std::ios::binary);
      bytes.seekp(static_cast<std::streamoff>(std::filesystem::file_size(folder / "out.h5") / 2));
      bytes.write("\0damage\0damage", 14);
    }
    EXPECT_EQ(error_of([&] { read_array(File::open(folder / "out.h5"), "/t"); }).kind(),
              core::ErrorKind::io);
  }
}

}  // namespace
}  // namespace shakefield::store
