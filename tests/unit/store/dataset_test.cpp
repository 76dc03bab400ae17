// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numeric>

#include "scratch_folder.hpp"
#include "shakefield/store/array_blocks.hpp"
#include "shakefield/store/digest.hpp"
#include "shakefield/store/file.hpp"
#include "shakefield/store/protocol.hpp"
#include "store_test_tools.hpp"

namespace shakefield::example {

/// A type of another room that takes part in the protocol.
struct Curve {
  std::vector<double> poes;
  std::string imt;
  friend bool operator==(const Curve&, const Curve&) = default;
};

std::pair<core::Array, core::Attributes> to_hdf5(const Curve& curve) {
  return {core::Array::of<double>(curve.poes), {{"imt", curve.imt}}};
}

Curve from_hdf5(const core::Array& array, const core::Attributes& attributes,
                std::type_identity<Curve>) {
  const auto poes = array.values<double>();
  return {{poes.begin(), poes.end()}, std::get<std::string>(attributes.at("imt"))};
}

}  // namespace shakefield::example

namespace shakefield::store {
namespace {

using core::Array;
using core::RowType;
using core::Scalar;

class DatasetTest : public testing::Test {
 protected:
  ScratchFolder folder_;
  File file_ = File::create(folder_ / "out.h5");
};

void expect_equal(const Array& a, const Array& b) {
  EXPECT_EQ(a.type(), b.type());
  EXPECT_EQ(a.shape(), b.shape());
  ASSERT_EQ(a.size_bytes(), b.size_bytes());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size_bytes()), 0);
}

/// Rows with a member of each type, filled with bytes that are all different.
Array array_of_all_types(std::vector<std::size_t> shape) {
  RowType row;
  row.add("u8", Scalar::u8).add("u16", Scalar::u16, "km").add("u32", Scalar::u32);
  row.add("u64", Scalar::u64).add("i32", Scalar::i32).add("i64", Scalar::i64, "g");
  row.add("f32", Scalar::f32).add("f64", Scalar::f64, "°").add("name", Scalar::bytes, "1", 7);
  row.add("vector", Scalar::f32, "m", 3);
  Array array(row, std::move(shape));
  for (std::size_t i = 0; i < array.size_bytes(); ++i) array.data()[i] = std::byte(i * 37 % 120);
  return array;
}

TEST_F(DatasetTest, StructuredRowsOfAllTypesComeBack) {
  const Array array = array_of_all_types({5});
  write_array(file_, "/deep/in/groups", array, {{"axes", std::vector<std::string>{"row"}}});
  expect_equal(read_array(file_, "/deep/in/groups"), array);
  EXPECT_EQ(row_type(file_, "/deep/in/groups"), array.type());
  const core::Attributes attributes = read_attributes(file_, "/deep/in/groups");
  EXPECT_EQ(std::get<std::vector<std::string>>(attributes.at("axes")),
            std::vector<std::string>{"row"});
  EXPECT_EQ(std::get<std::vector<std::string>>(attributes.at("units")),
            (std::vector<std::string>{"1", "km", "1", "1", "1", "g", "1", "°", "1", "m"}));
}

template <class T>
class PlainDatasetTest : public testing::Test {};
using PlainTypes = testing::Types<std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t,
                                  std::int32_t, std::int64_t, float, double>;
TYPED_TEST_SUITE(PlainDatasetTest, PlainTypes);

TYPED_TEST(PlainDatasetTest, NonSquareArraysStayRowMajor) {
  const ScratchFolder folder;
  File file = File::create(folder / "out.h5");
  std::vector<TypeParam> values(2 * 3 * 5);
  std::iota(values.begin(), values.end(), TypeParam{1});
  const Array array = Array::of<TypeParam>(values, {2, 3, 5});
  write_array(file, "/a", array);
  expect_equal(read_array(file, "/a"), array);
  EXPECT_EQ(shape(file, "/a"), (std::vector<std::size_t>{2, 3, 5}));
  const Array second = read_rows(file, "/a", 1, 1);
  EXPECT_EQ(second.shape(), (std::vector<std::size_t>{1, 3, 5}));
  EXPECT_EQ(second.values<TypeParam>().front(), TypeParam{16});
  EXPECT_EQ(second.values<TypeParam>().back(), TypeParam{30});
}

TEST_F(DatasetTest, EmptyArraysComeBack) {
  const Array none = array_of_all_types({0});
  write_array(file_, "/none", none);
  expect_equal(read_array(file_, "/none"), none);
  const Array flat = Array::of<double>(std::vector<double>{}, {0, 4});
  write_array(file_, "/flat", flat);
  expect_equal(read_array(file_, "/flat"), flat);
}

TEST_F(DatasetTest, ArraysWrittenInBlocksEqualThoseWrittenWhole) {
  const Array whole = array_of_all_types({5, 2});
  write_array(file_, "/whole", whole);
  make_array(file_, "/blocks", whole.type(), whole.shape());
  const std::size_t row_bytes = whole.size_bytes() / 5;
  for (const auto& [first, count] : {std::pair<std::size_t, std::size_t>{3, 2}, {0, 3}, {5, 0}}) {
    Array block(whole.type(), {count, 2});
    std::copy_n(whole.data() + first * row_bytes, block.size_bytes(), block.data());
    write_rows(file_, "/blocks", first, block);
  }
  expect_equal(read_array(file_, "/blocks"), whole);
  EXPECT_EQ(read_attributes(file_, "/blocks"), read_attributes(file_, "/whole"));
}

TEST_F(DatasetTest, RowsOfChunksComeInAnyOrderAndHoldNanWhereNoneCame) {
  constexpr std::size_t rows = 1000, row_size = 3 * 200;  // 9 chunks of 112 rows
  make_chunked_array(file_, "/values", RowType::plain(Scalar::f32), {rows, 3, 200});
  std::vector<bool> is_written(rows, false);
  const auto write = [&](std::size_t first, std::size_t count) {
    std::vector<float> values(count * row_size);
    std::iota(values.begin(), values.end(), static_cast<float>(first * row_size));
    write_rows(file_, "/values", first, Array::of(std::span<const float>(values), {count, 3, 200}));
    std::fill_n(is_written.begin() + static_cast<std::ptrdiff_t>(first), count, true);
  };
  for (const auto& [first, count] :
       {std::pair<std::size_t, std::size_t>{990, 10}, {3, 4}, {500, 300}, {0, 1}, {100, 20}})
    write(first, count);
  const Array all = read_array(file_, "/values");
  const auto values = all.values<float>();
  for (std::size_t i = 0; i < values.size(); ++i)
    if (is_written[i / row_size])
      ASSERT_EQ(values[i], static_cast<float>(i));
    else
      ASSERT_TRUE(std::isnan(values[i])) << i;
}

TEST_F(DatasetTest, BlocksThatDoNotFitAreAnError) {
  const Array rows = array_of_all_types({5, 2});
  make_array(file_, "/a", rows.type(), rows.shape());
  EXPECT_THROW(make_array(file_, "/a", rows.type(), rows.shape()), core::Error);
  EXPECT_THROW(write_rows(file_, "/a", 1, rows), core::Error);
  EXPECT_THROW(write_rows(file_, "/a", 0, array_of_all_types({5, 1})), core::Error);
  EXPECT_THROW(write_rows(file_, "/a", 0, Array::of<double>(std::vector<double>(10), {5, 2})),
               core::Error);
  EXPECT_THROW(write_rows(file_, "/b", 0, rows), core::Error);
}

TEST_F(DatasetTest, PlainTextsComeBack) {
  Array names(RowType::plain(Scalar::bytes, 6), {3});
  names.set_column("", std::vector<std::string>{"PGA", "", "SA(10)"});
  write_array(file_, "/names", names);
  expect_equal(read_array(file_, "/names"), names);
  EXPECT_EQ(read_array(file_, "/names").column_text(""),
            (std::vector<std::string>{"PGA", "", "SA(10)"}));
}

TEST_F(DatasetTest, UnitsOfAPlainArrayComeFromItsAttributes) {
  const Array array = Array::of<double>(std::vector<double>{1});
  write_array(file_, "/with", array, {{"units", std::string("km")}});
  EXPECT_EQ(std::get<std::string>(read_attributes(file_, "/with").at("units")), "km");
  write_array(file_, "/without", array);
  EXPECT_EQ(std::get<std::string>(read_attributes(file_, "/without").at("units")), "1");
}

TEST_F(DatasetTest, RowsBeyondTheEndAreAnError) {
  write_array(file_, "/a", array_of_all_types({5}));
  EXPECT_EQ(read_rows(file_, "/a", 5, 0).rows(), 0u);
  EXPECT_THROW(read_rows(file_, "/a", 4, 2), core::Error);
  EXPECT_THROW(read_rows(file_, "/a", 6, 0), core::Error);
}

TEST_F(DatasetTest, WrongPathsAreNamed) {
  write_array(file_, "/group/a", array_of_all_types({1}));
  const core::Error missing = error_of([&] { read_array(file_, "/group/b"); });
  EXPECT_EQ(missing.kind(), core::ErrorKind::io);
  EXPECT_TRUE(contains(missing, "/group/b")) << missing.what();
  EXPECT_TRUE(contains(missing, "out.h5")) << missing.what();
  EXPECT_THROW(read_array(file_, "/group"), core::Error);
  EXPECT_THROW(write_array(file_, "/group/a", array_of_all_types({1})), core::Error);
  EXPECT_THROW(write_array(file_, "/group/a/b", array_of_all_types({1})), core::Error);
}

TEST_F(DatasetTest, ObjectsTakePartInTheProtocol) {
  static_assert(Storable<example::Curve>);
  static_assert(!Storable<int>);
  const example::Curve curve{{0.5, 0.25}, "SA(0.3)"};
  write(file_, "/curve", curve);
  EXPECT_EQ(read<example::Curve>(file_, "/curve"), curve);
}

TEST_F(DatasetTest, DigestDependsOnTheValuesOnly) {
  std::vector<float> values(3'000'000);
  std::iota(values.begin(), values.end(), 0.0f);
  const Array array = Array::of<float>(values, {1'000'000, 3});
  write_array(file_, "/whole", array);
  TableWriter table(file_, "/chunked", RowType::plain(Scalar::f32), {});
  table.append({array.data(), array.size_bytes()});
  table.finish();
  const std::string digest = digest_of(file_, "/whole");
  EXPECT_EQ(digest.size(), 32u);
  EXPECT_EQ(digest_of(file_, "/chunked"), digest);
  values[2'999'999] += 1;
  write_array(file_, "/other", Array::of<float>(values));
  EXPECT_NE(digest_of(file_, "/other"), digest);
}

}  // namespace
}  // namespace shakefield::store
