// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Jobs that went through a model file are the jobs that were put into it, bit by bit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>

#include "shakefield/job/model.hpp"
#include "shakefield/rupture/rupture.hpp"
#include "shakefield/store/array_blocks.hpp"
#include "shakefield/store/file.hpp"
#include "support.hpp"

namespace shakefield::job {
namespace {

using testing::HasSubstr;

/// All that tells a rupture from another one, as bits.
std::vector<std::uint64_t> bits_of(const rupture::Rupture& r) {
  const rupture::BoundingSphere bound = r.surface->bound();
  std::vector<std::uint64_t> bits;
  for (const double x : {r.mag, r.rake_deg, r.occurrence_rate, r.hypocentre.lon_deg,
                         r.hypocentre.lat_deg, r.hypocentre.depth_km, bound.centre.x,
                         bound.centre.y, bound.centre.z, bound.radius_km, r.surface->area_km2()})
    bits.push_back(std::bit_cast<std::uint64_t>(x));
  return bits;
}

void expect_equal(const source::Source& a, const source::Source& b) {
  ASSERT_EQ(a.id(), b.id());
  EXPECT_EQ(a.name(), b.name());
  EXPECT_EQ(a.tectonic_region(), b.tectonic_region());
  EXPECT_EQ(a.temporal_model().kind, b.temporal_model().kind);
  ASSERT_EQ(a.num_ruptures(), b.num_ruptures());
  std::vector<double> rates;
  a.for_each_rate(0, a.num_ruptures(), [&](std::size_t, double mag, double rate) {
    rates.insert(rates.end(), {mag, rate});
  });
  std::size_t at = 0;
  b.for_each_rate(0, b.num_ruptures(), [&](std::size_t, double mag, double rate) {
    EXPECT_EQ(rates[at++], mag);
    EXPECT_EQ(rates[at++], rate);
  });
  for (std::size_t i = 0; i < a.num_ruptures(); i += 1 + a.num_ruptures() / 3) {
    EXPECT_EQ(bits_of(a.rupture(i)), bits_of(b.rupture(i))) << a.id() << " rupture " << i;
    EXPECT_TRUE(std::ranges::equal(a.probs_occur(i), b.probs_occur(i)));
  }
  EXPECT_TRUE(std::ranges::equal(a.rupture_weights(), b.rupture_weights()));
}

void expect_equal(const Job& a, const Job& b) {
  EXPECT_EQ(a.resolved, b.resolved);
  EXPECT_EQ(a.sites.keys(), b.sites.keys());
  EXPECT_EQ(a.sites.custom_ids(), b.sites.custom_ids());
  EXPECT_EQ(a.sites.parameters().vs30, b.sites.parameters().vs30);
  EXPECT_EQ(a.sites.parameters().z1pt0, b.sites.parameters().z1pt0);
  ASSERT_EQ(a.rupture.has_value(), b.rupture.has_value());
  if (a.rupture) {
    EXPECT_EQ(bits_of(*a.rupture), bits_of(*b.rupture));
  }
  ASSERT_EQ(a.tree.realizations.size(), b.tree.realizations.size());
  for (std::size_t r = 0; r < a.tree.realizations.size(); ++r) {
    EXPECT_EQ(a.tree.realizations[r].branch_path, b.tree.realizations[r].branch_path);
    EXPECT_EQ(a.tree.realizations[r].weight, b.tree.realizations[r].weight);
  }
  const std::vector<PathSource> of_a = path_sources(a), of_b = path_sources(b);
  ASSERT_EQ(of_a.size(), of_b.size());
  for (std::size_t s = 0; s < of_a.size(); ++s) {
    EXPECT_EQ(of_a[s].key, of_b[s].key);
    expect_equal(*of_a[s].source, *of_b[s].source);
  }
}

/// Puts a job into a model, reads it, writes the inputs back, makes a model of them: all the same.
void expect_round_trip(const std::filesystem::path& job) {
  SCOPED_TRACE(job.string());
  const ScratchFolder scratch;
  const ModelSummary first = write_model(job, scratch / "first.h5", false);
  expect_equal(read(job), read(scratch / "first.h5"));
  const auto files = write_inputs_of_model(scratch / "first.h5", scratch / "inputs");
  EXPECT_EQ(files.size(), first.inputs);
  const ModelSummary second = write_model(files.front(), scratch / "second.h5", false);
  EXPECT_EQ(first.digest, second.digest);
  EXPECT_EQ(first.sources, second.sources);
  expect_equal(read(scratch / "first.h5"), read(scratch / "second.h5"));
}

TEST(ModelFileTest, GivesBackJobsWithAllKindsOfSources) {
  for (const char* job : {"event_based.ini", "scenario.ini", "event_based.yaml", "scenario.yaml"})
    if (std::filesystem::exists(data_folder() / job)) expect_round_trip(data_folder() / job);
}

TEST(ModelFileTest, GivesBackTheDemosOfThePeer) {
  const auto reference = reference_folder();
  if (!reference) GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set";
  std::size_t jobs = 0;
  for (const auto& demo :
       std::filesystem::directory_iterator(*reference / "cases/openquake_demos")) {
    const std::filesystem::path job = demo.path() / "job.ini";
    try {
      read(job);
    } catch (const core::Error& e) {
      EXPECT_NE(e.kind(), core::ErrorKind::internal);
      continue;
    }
    expect_round_trip(job);
    ++jobs;
  }
  EXPECT_GE(jobs, 15u);
}

TEST(ModelFileTest, GivesBackCalifornia) {
  const auto reference = reference_folder();
  if (!reference) GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set";
  expect_round_trip(*reference / "cases/california/job_classical.ini");
}

class ModelErrorTest : public testing::Test {
 protected:
  void SetUp() override { write_model(data_folder() / "event_based.ini", model(), false); }
  std::filesystem::path model() const { return scratch_ / "model.h5"; }
  std::string error() const {
    try {
      read(model());
      check_model(model());
    } catch (const core::Error& e) {
      EXPECT_EQ(e.problems().size(), 1u) << e.what();
      EXPECT_NE(e.kind(), core::ErrorKind::internal) << e.what();
      return e.what();
    }
    return "no error";
  }
  /// The file of the first source model in the model.
  std::string sources() const {
    const store::File file = store::File::open(model());
    const auto kinds = store::read_array(file, "/inputs/table").column_text("kind");
    const auto at = std::ranges::find(kinds, "sources") - kinds.begin();
    return "/inputs/" + std::to_string(at) + "/sources";
  }
  ScratchFolder scratch_;
};

TEST_F(ModelErrorTest, TellsOfResultsAndForeignFiles) {
  store::File::create(model(), true).close();
  EXPECT_THAT(error(), HasSubstr("no program of ours wrote it"));
  std::ofstream(model()) << "no HDF5 file";
  EXPECT_THAT(error(), HasSubstr("model.h5"));
}

TEST_F(ModelErrorTest, TellsOfAnotherVersion) {
  {
    store::File file = store::File::open(model(), store::Access::read_write);
    store::write_attributes(file, "/", {{"format_version", std::vector<std::int64_t>{9, 0}}});
  }
  EXPECT_THAT(error(), HasSubstr("its format is 9.x"));
}

TEST_F(ModelErrorTest, TellsOfMissingTables) {
  const std::string group = sources();
  for (const char* table : {"/chunks", "/headers", "/rows", "/numbers"}) {
    write_model(data_folder() / "event_based.ini", model(), true);
    {
      store::File file = store::File::open(model(), store::Access::read_write);
      store::remove(file, group + table);
    }
    EXPECT_THAT(error(), HasSubstr("is not a model that can be read")) << table;
  }
}

TEST_F(ModelErrorTest, TellsOfValuesThatDoNotFit) {
  const std::string path = sources() + "/chunks";
  {
    store::File file = store::File::open(model(), store::Access::read_write);
    core::Array chunks = store::read_array(file, path);
    chunks.set_column<std::uint64_t>("numbers", std::vector<std::uint64_t>(chunks.rows(), 1));
    store::remove(file, path);
    store::write_array(file, path, chunks);
  }
  EXPECT_THAT(error(), HasSubstr("the index of chunks does not fit"));
}

TEST_F(ModelErrorTest, TellsOfChangedValues) {
  {
    store::File file = store::File::open(model(), store::Access::read_write);
    const std::string path = "/shapes/names";
    auto names = store::read_array(file, path);
    names.data()[names.type().bytes] ^= std::byte{1};
    store::remove(file, path);
    store::write_array(file, path, names);
  }
  EXPECT_NE(error(), "no error");
}

TEST_F(ModelErrorTest, TellsOfTruncatedFiles) {
  std::filesystem::resize_file(model(), std::filesystem::file_size(model()) / 2);
  EXPECT_THAT(error(), HasSubstr("model.h5"));
}

TEST_F(ModelErrorTest, TellsOfInputsThatItDoesNotHave) {
  InputFiles files;
  try {
    read_job(model(), {{"site_model_file", "other.csv"}}, files);
    FAIL();
  } catch (const core::Error& e) {
    EXPECT_THAT(e.what(), HasSubstr("has no such input"));
  }
}

TEST(ModelFileTest, RefusesNamesThatAreNotKnownAsModels) {
  const ScratchFolder scratch;
  EXPECT_THROW(write_model(data_folder() / "event_based.ini", scratch / "model.nc", false),
               core::Error);
}

TEST(ModelFileTest, TellsOfCommentsAndUnknownAttributes) {
  const BrokenJob job;
  ASSERT_TRUE(
      job.replace("trees/gmms.xml", "<logicTree ", "<!-- why --><logicTree colour=\"red\" "));
  const ScratchFolder scratch;
  const ModelSummary model = write_model(job / "event_based.ini", scratch / "model.h5", false);
  EXPECT_THAT(
      model.remarks,
      testing::IsSupersetOf({HasSubstr("comment"),
                             HasSubstr("the unknown attribute 'colour' of logicTree is kept")}));
}

}  // namespace
}  // namespace shakefield::job
