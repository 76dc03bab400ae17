// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <numeric>
#include <random>

#include "scratch_folder.hpp"
#include "shakefield/store/file.hpp"
#include "store_test_tools.hpp"

namespace shakefield::store {
namespace {

constexpr std::size_t chunk_rows = 100;

core::RowType row() {
  core::RowType type;
  type.add("site", core::Scalar::u32).add("value", core::Scalar::f64, "g");
  return type;
}

std::vector<std::byte> numbered_rows(std::size_t rows, std::size_t row_bytes) {
  std::vector<std::byte> bytes(rows * row_bytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = std::byte(i / row_bytes + 31 * i);
  return bytes;
}

TableWriter make_table(File& file) {
  // One row less than the next whole chunk would need: the size is rounded down.
  return TableWriter(file, "/t", row(), {{"axes", std::vector<std::string>{"row"}}},
                     (chunk_rows + 1) * row().bytes - 1);
}

void expect_rows(const File& file, const std::vector<std::byte>& expected) {
  const core::Array read = read_array(file, "/t");
  EXPECT_EQ(read.type(), row());
  EXPECT_EQ(std::vector<std::byte>(read.data(), read.data() + read.size_bytes()), expected);
}

class TableWriterTest : public testing::TestWithParam<std::size_t> {};

TEST_P(TableWriterTest, RowsAroundChunkBoundariesComeBack) {
  const ScratchFolder folder;
  const std::vector<std::byte> rows = numbered_rows(GetParam(), row().bytes);
  {
    File file = File::create(folder / "out.h5");
    TableWriter table = make_table(file);
    table.append(rows);
    EXPECT_EQ(table.size(), GetParam());
    table.finish();
    EXPECT_EQ(table.size(), GetParam());
    expect_rows(file, rows);
    file.close();
  }
  expect_rows(File::open(folder / "out.h5"), rows);
}

INSTANTIATE_TEST_SUITE_P(Rows, TableWriterTest,
                         testing::Values(0, 1, 99, 100, 101, 199, 200, 201, 1234));

TEST(TableWriterTest, AppendsOfAnySizeGiveTheSameTable) {
  const ScratchFolder folder;
  const std::vector<std::byte> rows = numbered_rows(5000, row().bytes);
  File file = File::create(folder / "out.h5");
  TableWriter table = make_table(file);
  std::mt19937 random(1);
  for (std::size_t first = 0; first < 5000;) {
    const std::size_t count = std::min<std::size_t>(random() % 350, 5000 - first);
    const auto bytes =
        std::span<const std::byte>(rows).subspan(first * row().bytes, count * row().bytes);
    table.append(bytes);
    first += count;
  }
  table.finish();
  expect_rows(file, rows);
}

TEST_P(TableWriterTest, ATableIsGoneOnWithBehindACheckpoint) {
  const ScratchFolder folder;
  const std::vector<std::byte> rows = numbered_rows(GetParam(), row().bytes);
  const auto half = std::span(rows).first(GetParam() / 2 * row().bytes);
  {
    File file = File::create(folder / "out.h5");
    TableWriter table = make_table(file);
    table.append(half.first(half.size() / row().bytes / 2 * row().bytes));
    table.checkpoint();
    table.append(std::span(half).subspan(half.size() / row().bytes / 2 * row().bytes));
    table.checkpoint();
    expect_rows(file, {half.begin(), half.end()});
    file.close();
  }
  File file = File::open(folder / "out.h5", Access::read_write);
  TableWriter table(file, "/t", row(), {}, std::size_t{1} << 20, Start::resume);
  EXPECT_EQ(table.size(), GetParam() / 2);
  table.append(std::span(rows).subspan(half.size()));
  table.finish();
  expect_rows(file, rows);
  EXPECT_TRUE(read_attributes(file, "/t").contains("axes"));
}

TEST(TableWriterTest, AppendsArraysOfItsTypeOnly) {
  const ScratchFolder folder;
  File file = File::create(folder / "out.h5");
  TableWriter table = make_table(file);
  table.append(core::Array(row(), {7}));
  EXPECT_THROW(table.append(core::Array::of<double>(std::vector<double>{1})), core::Error);
  EXPECT_THROW(table.append(std::vector<std::byte>(row().bytes + 1)), core::Error);
  table.finish();
  EXPECT_EQ(shape(file, "/t"), std::vector<std::size_t>{7});
  EXPECT_THROW(table.append(core::Array(row(), {7})), core::Error);
}

TEST(TableWriterTest, AFullDiskIsAnErrorOfAppend) {
  const ScratchFolder folder;
  const std::vector<std::byte> rows = numbered_rows(10 * chunk_rows, row().bytes);
  File file = File::create(folder / "out.h5");
  TableWriter table = make_table(file);
  const FileSizeLimit limit(5 * chunk_rows * row().bytes);
  const core::Error error = error_of([&] { table.append(rows); });
  EXPECT_EQ(error.kind(), core::ErrorKind::io);
  EXPECT_TRUE(contains(error, "File too large")) << error.what();
  EXPECT_TRUE(contains(error, "/t of ")) << error.what();
}

}  // namespace
}  // namespace shakefield::store
