// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "shakefield/field/correlation.hpp"

namespace shakefield::field {
namespace {

TEST(Jb2009Test, HasTheRangesOfThePaper) {
  // Jayaram & Baker (2009), Eq. 17-19: b in km, rho(b) = exp(-3).
  const auto plain = make_jb2009(false), clustered = make_jb2009(true);
  const double at_range = std::exp(-3.0);
  const auto imt = [](const char* name) { return core::Imt::parse(name); };
  EXPECT_NEAR(plain->rho(imt("PGA"), 8.5), at_range, 1e-15);
  EXPECT_NEAR(plain->rho(imt("SA(0.5)"), 17.1), at_range, 1e-15);
  EXPECT_NEAR(plain->rho(imt("SA(2.0)"), 29.4), at_range, 1e-15);
  EXPECT_NEAR(plain->rho(imt("PGV"), 25.7), at_range, 1e-15);
  EXPECT_NEAR(clustered->rho(imt("PGA"), 40.7), at_range, 1e-15);
  EXPECT_NEAR(clustered->rho(imt("SA(0.5)"), 33.2), at_range, 1e-15);
  EXPECT_NEAR(clustered->rho(imt("SA(2.0)"), 29.4), at_range, 1e-15);
  EXPECT_EQ(plain->rho(imt("PGA"), 0), 1.0);
}

void compare_with_peer(const std::string& table, bool vs30_clustering) {
  const char* folder = std::getenv("SHAKEFIELD_REFERENCE_DIR");
  if (folder == nullptr) GTEST_SKIP() << "SHAKEFIELD_REFERENCE_DIR is not set";
  std::ifstream file(std::string(folder) + "/reference/correlation/" + table);
  ASSERT_TRUE(file) << table;
  const auto model = make_jb2009(vs30_clustering);
  std::string line, cell;
  std::getline(file, line);
  std::vector<core::Imt> imts;
  for (std::istringstream header(line.substr(line.find(',') + 1)); std::getline(header, cell, ',');)
    imts.push_back(core::Imt::parse(cell));
  std::size_t compared = 0;
  while (std::getline(file, line)) {
    std::istringstream row(line);
    std::getline(row, cell, ',');
    const double distance_km = std::stod(cell);
    for (const core::Imt& imt : imts) {
      std::getline(row, cell, ',');
      EXPECT_NEAR(model->rho(imt, distance_km), std::stod(cell), 1e-8)
          << imt.name() << " " << distance_km;
      ++compared;
    }
  }
  EXPECT_GT(compared, 100u);
}

// Figures of the OpenQuake engine 3.26.2, eight decimals.
TEST(Jb2009Test, AgreesWithThePeerWithoutClustering) {
  compare_with_peer("jb2009_no_clustering.csv", false);
}
TEST(Jb2009Test, AgreesWithThePeerWithClustering) {
  compare_with_peer("jb2009_vs30_clustering.csv", true);
}

}  // namespace
}  // namespace shakefield::field
