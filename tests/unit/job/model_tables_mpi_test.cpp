// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <numeric>

#include "model_tables.hpp"
#include "mpi_test.hpp"

namespace shakefield::job {
namespace {

constexpr std::size_t num_values = 300'000;  // more than one message

gmm::TableArray array_of(double first, std::size_t size, std::vector<std::size_t> shape = {}) {
  std::vector<double> values(size);
  std::iota(values.begin(), values.end(), first);
  return gmm::TableArray(core::Array::of<double>(values, std::move(shape)));
}

ModelTables two_tables() {
  ModelTables tables;
  tables["a.hdf5"] = std::make_shared<gmm::TableFile>();
  tables["a.hdf5"]->arrays.emplace("IMLs/PGA", array_of(100, num_values, {num_values / 2, 2}));
  tables["a.hdf5"]->arrays.emplace("Mw", array_of(5, 3));
  tables["a.hdf5"]->path = "as/written";
  tables["a.hdf5"]->attributes["Mw/metric"] = "rjb";
  tables["b.hdf5"] = std::make_shared<gmm::TableFile>();
  tables["b.hdf5"]->arrays.emplace("Mw", array_of(-2, 7));
  return tables;
}

void expect_shared(const ModelTables& tables) {
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables.at("a.hdf5")->path, "as/written");
  EXPECT_EQ(tables.at("a.hdf5")->attributes.at("Mw/metric"), "rjb");
  const gmm::TableArray& first = tables.at("a.hdf5")->arrays.at("IMLs/PGA");
  const gmm::TableArray& second = tables.at("a.hdf5")->arrays.at("Mw");
  const gmm::TableArray& third = tables.at("b.hdf5")->arrays.at("Mw");
  EXPECT_EQ(first.shape(), (std::vector<std::size_t>{num_values / 2, 2}));
  ASSERT_EQ(first.values().size(), num_values);
  for (std::size_t i = 0; i < num_values; ++i)
    ASSERT_EQ(first.values()[i], 100 + static_cast<double>(i));
  EXPECT_THAT(second.values(), ::testing::ElementsAre(5, 6, 7));
  EXPECT_THAT(third.values(), ::testing::ElementsAre(-2, -1, 0, 1, 2, 3, 4));
  if (world().size() == 1) return;
  EXPECT_EQ(second.values().data(), first.values().data() + first.values().size());
  EXPECT_EQ(third.values().data(), second.values().data() + second.values().size());
}

TEST(ModelTablesMpiTest, RootsTablesComeToRanksThatHaveNone) {
  ModelTables tables = world().is_root() ? two_tables() : ModelTables{};
  share_tables(world(), tables);
  expect_shared(tables);
}

TEST(ModelTablesMpiTest, RanksThatHaveThemLetTheirsGo) {
  ModelTables tables = two_tables();
  const auto of_model = tables.at("a.hdf5");
  share_tables(world(), tables);
  expect_shared(tables);
  EXPECT_EQ(of_model, tables.at("a.hdf5"));
}

TEST(ModelTablesMpiTest, NoTablesNeedNoMemory) {
  ModelTables none;
  share_tables(world(), none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace shakefield::job
