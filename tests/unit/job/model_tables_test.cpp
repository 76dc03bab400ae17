// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "model_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scratch_folder.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::job {
namespace {

PlacedGmmTree tree_of(std::vector<gmm::ModelSpec> models) {
  PlacedGmmTree placed;
  placed.tree.sets.push_back({"bs1", "*", {}});
  placed.places.emplace_back();
  for (gmm::ModelSpec& model : models) {
    placed.tree.sets.front().branches.push_back({"b", std::move(model), 0.5});
    placed.places.front().push_back({"gmm.xml", 7});
  }
  return placed;
}

TEST(ModelTablesTest, ReadsAFileOnceForAllModelsThatNameIt) {
  const ScratchFolder folder;
  store::File file = store::File::create(folder.path() / "table.hdf5");
  store::write_array(file, "/IMLs/T", core::Array::of<double>(std::vector<double>{0.1, 1}),
                     {{"metric", std::string("rjb")}});
  file.close();
  const gmm::ModelSpec spec{"GMPETable", {{"gmpe_table", std::string("table.hdf5")}}};
  PlacedGmmTree tree =
      tree_of({spec, {"NRCan15SiteTerm", {{"a.gmpe_table", std::string("table.hdf5")}}}});
  InputFiles files;
  core::Problems problems;
  read_model_tables(tree, folder.path(), files, problems);
  ASSERT_TRUE(problems.empty());
  const auto& branches = tree.tree.sets.front().branches;
  using Table = std::shared_ptr<const gmm::TableFile>;
  const Table table = std::get<Table>(branches[0].model.arguments.at("gmpe_table"));
  EXPECT_EQ(table, std::get<Table>(branches[1].model.arguments.at("a.gmpe_table")));
  EXPECT_THAT(table->arrays.at("IMLs/T").values(), ::testing::ElementsAre(0.1, 1));
  EXPECT_EQ(table->attributes.at("IMLs/T/metric"), "rjb");
  EXPECT_EQ(branches[0].model.text(), spec.text());
}

TEST(ModelTablesTest, AMissingFileIsAProblemAtTheModelsPlace) {
  PlacedGmmTree tree = tree_of({{"GMPETable", {{"gmpe_table", std::string("none.hdf5")}}}});
  InputFiles files;
  core::Problems problems;
  read_model_tables(tree, "/nowhere", files, problems);
  ASSERT_EQ(problems.errors().size(), 1u);
  EXPECT_EQ(problems.errors().front().place.line, 7);
}

}  // namespace
}  // namespace shakefield::job
