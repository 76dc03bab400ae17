// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/array.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shakefield/core/error.hpp"

namespace shakefield::core {
namespace {

RowType row_of_three() {
  RowType row;
  row.add("id", Scalar::u32).add("name", Scalar::bytes, "1", 4).add("lon", Scalar::f64, "degrees");
  return row;
}

TEST(RowTypeTest, PacksMembersWithoutPadding) {
  const RowType row = row_of_three();
  EXPECT_EQ(row.bytes, 16u);
  EXPECT_EQ(row.member("name").offset, 4u);
  EXPECT_EQ(row.member("lon").offset, 8u);
  EXPECT_EQ(row.member("lon").units, "degrees");
  EXPECT_TRUE(row.has("id"));
  EXPECT_FALSE(row.has("lat"));
}

TEST(RowTypeTest, NamesTheMembersIfOneIsMissing) {
  try {
    row_of_three().member("lat");
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    EXPECT_THAT(error.what(),
                testing::AllOf(testing::HasSubstr("'lat'"), testing::HasSubstr("id, name, lon")));
  }
}

TEST(ArrayTest, KeepsPlainValuesAndTheirShape) {
  const std::vector<float> values{1, 2, 3, 4, 5, 6};
  const Array a = Array::of<float>(values, {2, 3});
  EXPECT_EQ(a.rows(), 6u);
  EXPECT_EQ(a.shape(), (std::vector<std::size_t>{2, 3}));
  EXPECT_THAT(a.values<float>(), testing::ElementsAreArray(values));
  EXPECT_THROW(a.values<double>(), Error);
}

TEST(ArrayTest, KeepsColumnsOfStructuredRows) {
  Array a(row_of_three(), {2});
  a.set_column<std::uint32_t>("id", std::vector<std::uint32_t>{7, 4000000000u});
  a.set_column<double>("lon", std::vector<double>{-120.5, 0.25});
  a.set_column("name", std::vector<std::string>{"ab", "longer"});
  EXPECT_THAT(a.column_i64("id"), testing::ElementsAre(7, 4000000000));
  EXPECT_THAT(a.column_f64("id"), testing::ElementsAre(7.0, 4e9));
  EXPECT_THAT(a.column_f64("lon"), testing::ElementsAre(-120.5, 0.25));
  EXPECT_THAT(a.column_text("name"), testing::ElementsAre("ab", "long"));
}

TEST(ArrayTest, RejectsColumnsOfAnotherTypeOrLength) {
  Array a(row_of_three(), {2});
  EXPECT_THROW(a.set_column<float>("lon", std::vector<float>{1, 2}), Error);
  EXPECT_THROW(a.set_column<double>("lon", std::vector<double>{1}), Error);
  EXPECT_THROW(a.column_f64("name"), Error);
  EXPECT_THROW(a.column_text("lon"), Error);
}

TEST(ArrayTest, WithoutShapeIsEmpty) {
  EXPECT_EQ(Array().rows(), 0u);
  EXPECT_EQ(Array(RowType::plain(Scalar::f64), {0, 3}).size_bytes(), 0u);
}

TEST(ScalarTest, TypesHaveTheirSizes) {
  EXPECT_EQ(size_of(scalar_of<std::uint8_t>()), 1u);
  EXPECT_EQ(size_of(scalar_of<std::uint16_t>()), 2u);
  EXPECT_EQ(size_of(scalar_of<float>()), 4u);
  EXPECT_EQ(size_of(scalar_of<std::int64_t>()), 8u);
  EXPECT_EQ(size_of(Scalar::bytes), 1u);
}

TEST(ArrayTest, RefusesShapesWhoseBytesWouldWrapAround) {
  const std::size_t large = std::size_t{1} << 31;
  EXPECT_THROW(Array(RowType::plain(Scalar::f64), {large, large, 4}), Error);
  EXPECT_EQ(Array(RowType::plain(Scalar::f64), {large, large, 0}).size_bytes(), 0u);
}

}  // namespace
}  // namespace shakefield::core
