// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Sources of the OpenQuake engine's demonstration jobs, read from their files: how they are cut
// into ruptures, with rates, geometry and distances, against what the engine 3.26.2 makes of them.
// The files are not part of the project: folder named by SHAKEFIELD_REFERENCE_DIR.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>

#include "csv_table.hpp"
#include "run_results.hpp"
#include "shakefield/rupture/rupture.hpp"

namespace {

using namespace shakefield;

/// Of distances and lengths; the engine's own ones are partly in single precision.
double tolerance(double km) {
  return 0.01 + 1e-3 * std::abs(km);
}

class RupturesTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (job_runs::reference_dir().empty())
      GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set: the demonstration jobs are not at hand";
    demo_ = job_runs::reference_dir() / "cases/openquake_demos" / GetParam();
    table_ = job_runs::reference_dir() / "reference/ruptures" / (std::string(GetParam()) + ".csv");
    // The jobs are classical ones; sources, trees and sites are read the same way.
    try {
      job_ = run_results::read(demo_ / "job.ini", {{"calculation_mode", "event_based"}});
    } catch (const core::Error& error) {
      if (error.kind() != core::ErrorKind::unsupported) throw;
      GTEST_SKIP() << error.what();
    }
  }

  const source::Source& source(const std::string& id) const {
    for (const job::SourceModel& model : job_->source_models)
      for (const source::SourcePtr& s : model.sources)
        if (s->id() == id) return *s;
    throw std::runtime_error("no source " + id);
  }

  /// The three sites of the table's first line: "# sites (lon lat): 1.0 2.0; …; …; spacing".
  std::vector<geo::Point> sites() const {
    std::ifstream file(table_);
    std::string line;
    std::getline(file, line);
    std::vector<geo::Point> points(3);
    if (std::sscanf(line.c_str(), "# sites (lon lat): %lf %lf; %lf %lf; %lf %lf",
                    &points[0].lon_deg, &points[0].lat_deg, &points[1].lon_deg, &points[1].lat_deg,
                    &points[2].lon_deg, &points[2].lat_deg) != 6)
      throw std::runtime_error("no sites in the first line of " + table_.string());
    return points;
  }

  std::filesystem::path demo_, table_;
  std::optional<job::Job> job_;
};

// Of most demos the curves at every tenth site were kept. Where a grid goes across the date line,
// the engine's arithmetic leaves the last of its 5 decimals uncertain.
TEST_P(RupturesTest, SitesAreThoseOfTheEngine) {
  const CsvTable curves(demo_ / "expected/hazard_curve-mean-PGA.csv");
  const std::size_t step = job_->sites.size() == curves.rows() ? 1 : 10;
  ASSERT_EQ((job_->sites.size() + step - 1) / step, curves.rows());
  for (std::size_t i = 0; i < curves.rows(); ++i) {
    EXPECT_NEAR(job_->sites.points()[i * step].lon_deg, curves(i, "lon"), 1.1e-5);
    EXPECT_NEAR(job_->sites.points()[i * step].lat_deg, curves(i, "lat"), 1e-9);
  }
}

TEST_P(RupturesTest, NumbersAndRatesByMagnitudeAgree) {
  const CsvTable summary(table_.parent_path() / (std::string(GetParam()) + "_summary.csv"));
  std::map<std::pair<std::string, long>, std::pair<std::size_t, double>> found;
  for (const job::SourceModel& model : job_->source_models)
    for (const source::SourcePtr& s : model.sources)
      s->for_each_rate(0, s->num_ruptures(), [&](std::size_t, double mag, double rate) {
        auto& [count, sum] = found[{s->id(), std::lround(mag * 1000)}];
        ++count;
        sum += rate;
      });
  EXPECT_EQ(found.size(), summary.rows());
  for (std::size_t i = 0; i < summary.rows(); ++i) {
    const auto& [count, rate] =
        found[{summary.text(i, "source_id"), std::lround(summary(i, "mag") * 1000)}];
    EXPECT_EQ(count, static_cast<std::size_t>(summary(i, "num_ruptures"))) << summary(i, "mag");
    EXPECT_NEAR(rate, summary(i, "annual_rate"), 1e-7 * rate) << summary(i, "mag");
  }
}

TEST_P(RupturesTest, SampledRupturesAgreeInRateAndGeometry) {
  const CsvTable table(table_);
  for (std::size_t i = 0; i < table.rows(); ++i) {
    SCOPED_TRACE("rupture " + table.text(i, "index"));
    const rupture::Rupture r =
        source(table.text(i, "source_id")).rupture(static_cast<std::size_t>(table(i, "index")));
    const rupture::SurfaceParameters s = r.surface->parameters();
    EXPECT_NEAR(r.mag, table(i, "mag"), 1e-9);
    EXPECT_NEAR(r.occurrence_rate, table(i, "occurrence_rate"), 1e-7 * r.occurrence_rate);
    EXPECT_NEAR(r.rake_deg, table(i, "rake"), 1e-9);
    EXPECT_NEAR(std::remainder(s.strike_deg - table(i, "strike"), 360), 0, 1e-2);
    EXPECT_NEAR(s.dip_deg, table(i, "dip"), 1e-2);
    EXPECT_NEAR(s.ztor_km, table(i, "ztor"), 1e-3);
    EXPECT_NEAR(s.width_km, table(i, "width"), tolerance(s.width_km));
    EXPECT_NEAR(geo::arc_km(r.hypocentre, {table(i, "hypo_lon"), table(i, "hypo_lat"), 0}), 0,
                0.01);
    EXPECT_NEAR(r.hypocentre.depth_km, table(i, "hypo_depth"), 0.01);
  }
}

TEST_P(RupturesTest, SampledRupturesAgreeInDistances) {
  const CsvTable table(table_);
  const geo::Points points(sites());
  const std::size_t padded = points.view().x.size();
  std::vector<double> r_rup(padded), r_jb(padded), r_x(padded), r_y0(padded);
  for (std::size_t i = 0; i < table.rows(); ++i) {
    SCOPED_TRACE("rupture " + table.text(i, "index"));
    const rupture::Rupture r =
        source(table.text(i, "source_id")).rupture(static_cast<std::size_t>(table(i, "index")));
    using rupture::Distance;
    rupture::distances(r, points.view(),
                       (Distance::r_rup | Distance::r_jb) | (Distance::r_x | Distance::r_y0),
                       {r_rup, r_jb, r_x, r_y0, {}, {}, {}});
    for (std::size_t n = 0; n < points.size(); ++n) {
      const auto check = [&](double km, const std::string& name) {
        const double expected = table(i, name + "_" + std::to_string(n));
        EXPECT_NEAR(km, expected, tolerance(expected)) << name << " of site " << n;
      };
      check(r_rup[n], "rrup");
      check(r_jb[n], "rjb");
      check(r_x[n], "rx");
      check(r_y0[n], "ry0");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Demos, RupturesTest,
                         testing::Values("AreaSourceClassicalPSHA", "PointSourceClassicalPSHA",
                                         "SimpleFaultSourceClassicalPSHA",
                                         "ComplexFaultSourceClassicalPSHA",
                                         "CharacteristicFaultSourceCase1ClassicalPSHA",
                                         "CharacteristicFaultSourceCase2ClassicalPSHA",
                                         "CharacteristicFaultSourceCase3ClassicalPSHA"),
                         [](const testing::TestParamInfo<const char*>& instance) {
                           return std::string(instance.param);
                         });

}  // namespace
