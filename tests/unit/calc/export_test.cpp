// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/calc/export.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "export_result_file.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/core/version.hpp"

namespace shakefield::calc {
namespace {

using test::Folder;
using test::read_text;
using test::ResultFile;
using test::without_comment;
using testing::HasSubstr;

/// Text of one exported file without its first line.
std::string exported(const ResultFile& content, const std::string& what, bool true_mean = false) {
  const Folder folder;
  content.write(folder / "out.h5");
  const auto paths = export_results(folder / "out.h5", folder / "csv", {{what}, true_mean, true});
  EXPECT_EQ(paths.size(), 1U);
  EXPECT_EQ(paths.front(), folder / ("csv/" + what + ".csv"));
  return read_text(paths.front());
}

/// Message of the error that a call throws.
template <class Call>
core::Error error_of(Call call) {
  try {
    call();
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ErrorKind::internal, "no error"};
}

// Expected texts: the formats are those of the files that OpenQuake 3.26.2 exports for its demos.

TEST(ExportTest, WritesFieldsByEventAndSite) {
  EXPECT_EQ(exported({}, "gmf-data"),
            "event_id,gmv_PGA,gmv_SA(0.3),custom_site_id\r\n"
            "0,5.00000E-01,1.25000E+00,alpha\r\n"
            "0,1.23456E-03,2.00000E-10,\"g,h\"\r\n"
            "2,9.99999E-02,1.25000E-01,alpha\r\n"
            "2,2.50000E-01,1.23457E+04,beta\r\n");
}

TEST(ExportTest, NumbersTheSitesThatHaveNoNames) {
  ResultFile content;
  for (auto& site : content.sites) site.id.clear();
  EXPECT_THAT(exported(content, "gmf-data"),
              testing::StartsWith(
                  "event_id,site_id,gmv_PGA,gmv_SA(0.3)\r\n0,0,5.00000E-01,1.25000E+00\r\n0,2,"));
  EXPECT_THAT(exported(content, "sitemesh"),
              testing::StartsWith("site_id,lon,lat\r\n0,-122.50000,37.25000\r\n1,"));
}

TEST(ExportTest, WritesSites) {
  EXPECT_EQ(exported({}, "sitemesh"),
            "custom_site_id,lon,lat\r\n"
            "alpha,-122.50000,37.25000\r\n"
            "beta,0.00000,-0.50000\r\n"
            "\"g,h\",179.99999,89.50000\r\n");
}

TEST(ExportTest, WritesEvents) {
  EXPECT_EQ(exported({}, "events"),
            "event_id,rup_id,rlz_id,year,ses_id\r\n"
            "0,0,1,14337,35\r\n"
            "1,1,0,7,1\r\n"
            "2,1,0,50,2\r\n");
}

TEST(ExportTest, WritesRuptures) {
  EXPECT_EQ(
      exported({}, "ruptures"),
      "rup_id,source_id,multiplicity,mag,centroid_lon,centroid_lat,centroid_depth,trt,strike,dip,"
      "rake\r\n"
      "0,7,1,5.500000E+00,3.959396E-02,1.100678E-01,5.000000E+00,Active Shallow Crust,4.499997E+01,"
      "9.000000E+01,0.000000E+00\r\n"
      "1,src2,2,6.250000E+00,-1.221000E+02,3.750000E+01,8.500000E+00,\"Stable, old\",3.150000E+02,"
      "5.000000E+01,-9.000000E+01\r\n");
}

TEST(ExportTest, WritesRealizations) {
  EXPECT_EQ(exported({}, "realizations"),
            "rlz_id,branch_path,weight\r\n"
            "0,A~A,7.5000000e-01\r\n"
            "1,A~B,2.5000000e-01\r\n");
}

TEST(ExportTest, WritesResidualsWithUnknownOnesAsNan) {
  EXPECT_EQ(exported({}, "sigma_epsilon"),
            "event_id,rlz_id,sig_inter_PGA,sig_inter_SA(0.3),eps_inter_PGA,eps_inter_SA(0.3)\r\n"
            "0,1,2.600000E-01,0.000000E+00,8.492255E-01,NAN\r\n"
            "1,0,2.600000E-01,0.000000E+00,0.000000E+00,0.000000E+00\r\n"
            "2,0,2.600000E-01,0.000000E+00,0.000000E+00,0.000000E+00\r\n");
}

TEST(ExportTest, BeginsWithAnOriginInTheLastCell) {
  const Folder folder;
  ResultFile().write(folder / "out.h5");
  const auto paths = export_results(folder / "out.h5", folder / "csv", {{"ruptures", "sitemesh"}});
  const std::string version(core::build_info().version);
  EXPECT_THAT(read_text(paths[0]), testing::StartsWith("#,,,,,,,,,,\"generated_by='shakefield " +
                                                       version + "', checksum="));
  EXPECT_THAT(read_text(paths[0]),
              HasSubstr(", investigation_time=50.0, ses_per_logic_tree_path=250\"\r\nrup_id,"));
  EXPECT_THAT(read_text(paths[1]), testing::StartsWith("#,,\"generated_by='shakefield "));
}

TEST(ExportTest, WritesEveryCsvFileUnlessTold) {
  const Folder folder;
  ResultFile().write(folder / "out.h5");
  std::vector<std::string> names;
  for (const auto& path : export_results(folder / "out.h5", folder / "new/folder")) {
    EXPECT_TRUE(std::filesystem::exists(path));
    names.push_back(path.filename().string());
  }
  EXPECT_THAT(names, testing::UnorderedElementsAre("gmf-data.csv", "sitemesh.csv", "events.csv",
                                                   "ruptures.csv", "realizations.csv",
                                                   "avg_gmf.csv", "sigma_epsilon.csv"));
}

TEST(ExportTest, KeepsRowsOfManyBlocksInOrder) {
  ResultFile content;
  content.imts = {"PGA"};
  content.events.assign(200000, {0, 0, 1, 1});
  content.rows.clear();
  for (std::uint32_t e = 0; e < 200000; ++e)
    for (std::uint32_t site = 0; site < 3; ++site)
      content.rows.push_back({site, e, {static_cast<float>(3 * e + site + 1)}});
  const std::string csv = exported(content, "gmf-data");
  std::string expected = "event_id,gmv_PGA,custom_site_id\r\n";
  const char* const names[] = {"alpha", "beta", "\"g,h\""};
  for (std::uint32_t row = 0; row < 600000; ++row)
    expected += fmt::format("{},{:.5E},{}\r\n", row / 3, row + 1.0, names[row % 3]);
  EXPECT_TRUE(csv == expected);
}

TEST(ExportTest, RefusesAnUnknownNameAndListsTheKnown) {
  const Folder folder;
  ResultFile().write(folder / "out.h5");
  const core::Error error =
      error_of([&] { export_results(folder / "out.h5", folder / "csv", {{"gmfdata"}}); });
  EXPECT_EQ(error.kind(), core::ErrorKind::config);
  EXPECT_THAT(error.what(),
              testing::AllOf(HasSubstr("'gmfdata'"), HasSubstr("gmf-data, sitemesh, events")));
  EXPECT_FALSE(std::filesystem::exists(folder / "csv"));
}

TEST(ExportTest, RefusesWhatTheFileLacks) {
  const Folder folder;
  {
    store::File file = store::File::create(folder / "out.h5");
    store::write_attributes(
        file, "/",
        {{"format_version", std::vector<std::int64_t>{1, 0}}, {"complete", std::int64_t{1}}});
  }
  const core::Error error =
      error_of([&] { export_results(folder / "out.h5", folder / "csv", {{"avg_gmf"}}); });
  EXPECT_EQ(error.kind(), core::ErrorKind::config);
  EXPECT_THAT(error.what(), testing::AllOf(HasSubstr("'avg_gmf'"), HasSubstr("/gmf_data/table")));
  EXPECT_TRUE(export_results(folder / "out.h5", folder / "csv").empty());
}

TEST(ExportTest, RefusesAnIncompleteFile) {
  const Folder folder;
  ResultFile content;
  content.complete = false;
  content.write(folder / "out.h5");
  const core::Error error = error_of([&] { export_results(folder / "out.h5", folder / "csv"); });
  EXPECT_EQ(error.kind(), core::ErrorKind::data);
  EXPECT_THAT(error.what(), HasSubstr("not complete"));
}

TEST(ExportTest, RefusesAFolderThatCannotBeMade) {
  const Folder folder;
  ResultFile().write(folder / "out.h5");
  const core::Error error =
      error_of([&] { export_results(folder / "out.h5", folder / "out.h5/csv"); });
  EXPECT_EQ(error.kind(), core::ErrorKind::io);
}

TEST(ExportTest, RefusesARowOfAnUnknownSite) {
  const Folder folder;
  ResultFile content;
  content.rows.back().site = 3;
  content.write(folder / "out.h5");
  const core::Error error =
      error_of([&] { export_results(folder / "out.h5", folder / "csv", {{"gmf-data"}}); });
  EXPECT_EQ(error.kind(), core::ErrorKind::data);
  EXPECT_THAT(error.what(), HasSubstr("row 3"));
  EXPECT_FALSE(std::filesystem::exists(folder / "csv/gmf-data.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder / "csv/gmf-data.csv.part"));
}

TEST(ExportTest, WritesThePeersColumns) {
  const Folder folder;
  const ResultFile content;
  content.write(folder / "out.h5");
  const auto paths = export_results(folder / "out.h5", folder / "peer", {{"gmf-hdf5"}});
  ASSERT_EQ(paths.size(), 1u);
  const store::File peer = store::File::open(paths[0]);
  EXPECT_THAT(store::read_array(peer, "/gmf_data/sid").values<std::uint32_t>(),
              testing::ElementsAre(0, 2, 0, 1));
  EXPECT_THAT(store::read_array(peer, "/gmf_data/eid").values<std::uint32_t>(),
              testing::ElementsAre(0, 0, 2, 2));
  for (std::size_t m = 0; m < 2; ++m) {
    const core::Array column = store::read_array(peer, "/gmf_data/" + content.imts[m]);
    for (std::size_t i = 0; i < content.rows.size(); ++i)
      EXPECT_EQ(column.values<float>()[i], content.rows[i].values[m]);
  }
  const core::Attributes gmf = store::read_attributes(peer, "/gmf_data");
  EXPECT_EQ(std::get<std::int64_t>(gmf.at("num_events")), 3);
  EXPECT_EQ(std::get<std::string>(gmf.at("imts")), "PGA SA(0.3)");
  EXPECT_EQ(std::get<std::string>(gmf.at("__pdcolumns__")), "sid eid PGA SA(0.3)");
  EXPECT_EQ(std::get<double>(gmf.at("investigation_time")), 50.0);
  EXPECT_EQ(std::get<double>(gmf.at("effective_time")), 25000.0);
  EXPECT_EQ(std::get<std::string>(store::read_attributes(peer, "/sitecol").at("__pdcolumns__")),
            "sids lon lat depth vs30 vs30measured custom_site_id");
  EXPECT_THAT(store::read_array(peer, "/sitecol/lat").values<double>(),
              testing::ElementsAre(37.25, -0.5, 89.5));
  EXPECT_FALSE(store::exists(peer, "/sitecol/key"));
}

TEST(ExportTest, DoesNotReplaceTheFileItReads) {
  for (const auto& [what, name] : {std::pair{"gmf-hdf5", "gmf-data.hdf5"}, {"hdf5", "result.h5"}}) {
    const Folder folder;
    const std::filesystem::path file = folder / name;
    ResultFile().write(file);
    EXPECT_EQ(error_of([&] { export_results(file, file.parent_path(), {{what}}); }).kind(),
              core::ErrorKind::config)
        << what;
  }
}

}  // namespace
}  // namespace shakefield::calc
