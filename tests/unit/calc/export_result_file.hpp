// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "shakefield/store/file.hpp"

namespace shakefield::calc::test {

using core::Array;
using core::Attributes;
using core::RowType;
using core::Scalar;

/// A folder of one test case, empty at first and removed at the end.
class Folder {
 public:
  Folder() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string("shakefield_") + info->test_suite_name() + "_" + info->name();
    std::replace(name.begin(), name.end(), '/', '_');
    path_ = std::filesystem::temp_directory_path() / name;
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The rows of a CSV file without line 1, the comment.
inline std::string without_comment(const std::string& csv) {
  return csv.substr(csv.find('\n') + 1);
}

struct GmfRow {
  std::uint32_t site = 0, event = 0;
  std::vector<float> values;  ///< [M]
};
struct Dropped {
  std::int64_t count = 0;
  double sum_ln = 0, sum_ln2 = 0;
};
struct Event {
  std::uint64_t rupture = 0;
  std::uint32_t realization = 0, year = 0, ses = 1;
};
struct SitePoint {
  double lon = 0, lat = 0;
  std::string id;
};

/// Content of a small result file; what a case does not touch is two realizations, three sites, two
/// ruptures and three events with PGA and SA(0.3), made up by hand.
struct ResultFile {
  bool complete = true;
  std::int64_t ranks = 1;
  std::int64_t format_major = 1;
  std::string mode = "event_based";
  std::vector<std::string> imts{"PGA", "SA(0.3)"};
  std::vector<double> minimum_intensity;
  std::vector<SitePoint> sites{
      {-122.5, 37.25, "alpha"}, {0.000004, -0.5, "beta"}, {179.99999, 89.5, "g,h"}};
  std::vector<double> weights{0.75, 0.25};
  std::vector<std::string> branch_paths{"A~A", "A~B"};
  std::vector<Event> events{{0, 1, 14337, 35}, {1, 0, 7, 1}, {1, 0, 50, 2}};
  std::vector<GmfRow> rows{{0, 0, {0.5F, 1.25F}},
                           {2, 0, {0.00123456F, 2.0e-10F}},
                           {0, 2, {0.0999999F, 0.125F}},
                           {1, 2, {0.25F, 12345.678F}}};
  std::vector<Dropped> dropped;  ///< [N, R, M] or empty: no dataset
  double first_magnitude = 5.5;
  float first_epsilon = 0.8492255F;

  void write(const std::filesystem::path& path) const;
};

inline void put(Array& array, const std::string& name, const std::vector<double>& values) {
  const core::Member& m = array.type().member(name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::byte* const to = array.data() + i * array.type().bytes + m.offset;
    const auto store = [&]<class T>(T value) { std::memcpy(to, &value, sizeof(T)); };
    switch (m.type) {
      case Scalar::u8:
        store(static_cast<std::uint8_t>(values[i]));
        break;
      case Scalar::u16:
        store(static_cast<std::uint16_t>(values[i]));
        break;
      case Scalar::u32:
        store(static_cast<std::uint32_t>(values[i]));
        break;
      case Scalar::u64:
        store(static_cast<std::uint64_t>(values[i]));
        break;
      case Scalar::i64:
        store(static_cast<std::int64_t>(values[i]));
        break;
      case Scalar::f32:
        store(static_cast<float>(values[i]));
        break;
      case Scalar::f64:
        store(values[i]);
        break;
      default:
        FAIL() << "type of column " << name;
    }
  }
}

inline void put_text(Array& array, const std::string& name,
                     const std::vector<std::string>& values) {
  array.set_column(name, std::span<const std::string>(values));
}

inline void ResultFile::write(const std::filesystem::path& path) const {
  store::File file = store::File::create(path);
  Attributes root{{"format_version", std::vector<std::int64_t>{format_major, 0}},
                  {"program", std::string("shakefield")},
                  {"version", std::string("0.1.0")},
                  {"commit", std::string("abc1234")},
                  {"compiler", std::string("GNU 12.2.0")},
                  {"arch", std::string("x86-64-v3")},
                  {"job", "calculation_mode = " + mode},
                  {"description", std::string("made up")},
                  {"calculation_mode", mode},
                  {"ses_seed", std::int64_t{42}},
                  {"ranks", ranks},
                  {"complete", std::int64_t{complete ? 1 : 0}},
                  {"input_checksums", std::vector<std::string>{"source_model.xml 0123"}},
                  {"imts", imts},
                  {"investigation_time", 50.0},
                  {"effective_time", 25000.0},
                  {"ses_per_logic_tree_path", std::int64_t{250}},
                  {"num_events", static_cast<std::int64_t>(events.size())},
                  {"num_realizations", static_cast<std::int64_t>(weights.size())}};
  if (!minimum_intensity.empty()) root["minimum_intensity"] = minimum_intensity;
  store::write_attributes(file, "/", root);

  std::vector<double> lon, lat, number;
  std::vector<std::string> ids;
  for (const SitePoint& s : sites) {
    lon.push_back(s.lon);
    lat.push_back(s.lat);
    ids.push_back(s.id);
    number.push_back(static_cast<double>(number.size()));
  }
  RowType site_row;
  site_row.add("lon", Scalar::f64, "degrees")
      .add("lat", Scalar::f64, "degrees")
      .add("depth", Scalar::f64, "km");
  site_row.add("vs30", Scalar::f64, "m/s").add("vs30measured", Scalar::u8).add("key", Scalar::u64);
  if (!ids.empty() && !ids.front().empty()) site_row.add("custom_site_id", Scalar::bytes, "1", 8);
  Array site_array(site_row, {sites.size()});
  put(site_array, "lon", lon);
  put(site_array, "lat", lat);
  put(site_array, "vs30", std::vector<double>(sites.size(), 760));
  put(site_array, "key", number);
  if (site_row.has("custom_site_id")) put_text(site_array, "custom_site_id", ids);
  store::write_array(file, "/sites", site_array);

  const std::vector<std::string> regions{"Active Shallow Crust", "Stable, old"};
  RowType source_row;
  source_row.add("id", Scalar::bytes, "1", 4).add("region", Scalar::u16).add("key", Scalar::u64);
  Array sources(source_row, {2});
  put_text(sources, "id", std::vector<std::string>{"7", "src2"});
  put(sources, "region", std::vector<double>{0, 1});
  store::write_array(file, "/sources", sources, {{"regions", regions}});

  RowType rupture_row;
  rupture_row.add("id", Scalar::u64).add("source", Scalar::u32).add("index", Scalar::u64);
  for (const char* name :
       {"mag", "rake", "strike", "dip", "ztor", "width", "hypo_lon", "hypo_lat", "hypo_depth"})
    rupture_row.add(name, Scalar::f64);
  rupture_row.add("occurrences", Scalar::u32).add("occurrence_rate", Scalar::f64);
  rupture_row.add("region", Scalar::u16).add("first_event", Scalar::u64);
  Array ruptures(rupture_row, {2});
  put(ruptures, "id", std::vector<double>{0, 1});
  put(ruptures, "source", std::vector<double>{0, 1});
  put(ruptures, "mag", std::vector<double>{first_magnitude, 6.25});
  put(ruptures, "rake", std::vector<double>{0, -90});
  put(ruptures, "strike", std::vector<double>{44.99997, 315});
  put(ruptures, "dip", std::vector<double>{90, 50});
  put(ruptures, "hypo_lon", std::vector<double>{0.03959396, -122.1});
  put(ruptures, "hypo_lat", std::vector<double>{0.1100678, 37.5});
  put(ruptures, "hypo_depth", std::vector<double>{5, 8.5});
  put(ruptures, "occurrences", std::vector<double>{1, 2});
  put(ruptures, "region", std::vector<double>{0, 1});
  put(ruptures, "first_event", std::vector<double>{0, 1});
  store::write_array(file, "/ruptures", ruptures, {{"regions", regions}});

  RowType event_row;
  event_row.add("id", Scalar::u64).add("rupture", Scalar::u64).add("realization", Scalar::u32);
  event_row.add("year", Scalar::u32, "year").add("ses", Scalar::u32);
  Array event_array(event_row, {events.size()});
  std::vector<double> id, rupture, realization, year, ses;
  for (const Event& e : events) {
    id.push_back(static_cast<double>(id.size()));
    rupture.push_back(static_cast<double>(e.rupture));
    realization.push_back(e.realization);
    year.push_back(e.year);
    ses.push_back(e.ses);
  }
  put(event_array, "id", id);
  put(event_array, "rupture", rupture);
  put(event_array, "realization", realization);
  put(event_array, "year", year);
  put(event_array, "ses", ses);
  store::write_array(file, "/events", event_array);

  RowType realization_row;
  realization_row.add("id", Scalar::u32)
      .add("source_path", Scalar::u32)
      .add("branch_path", Scalar::bytes, "1", 24);
  realization_row.add("weight", Scalar::f64).add("models", Scalar::bytes, "1", 24);
  Array realizations(realization_row, {weights.size()});
  std::vector<double> rlz;
  for (std::size_t r = 0; r < weights.size(); ++r) rlz.push_back(static_cast<double>(r));
  put(realizations, "id", rlz);
  put(realizations, "weight", weights);
  put_text(realizations, "branch_path", branch_paths);
  store::write_array(file, "/realizations", realizations);

  RowType gmf_row;
  gmf_row.add("site", Scalar::u32).add("event", Scalar::u32);
  for (const std::string& imt : imts) gmf_row.add(imt, Scalar::f32, "g");
  store::TableWriter table(file, "/gmf_data/table", gmf_row, {});
  RowType index_row;
  index_row.add("start", Scalar::u64).add("stop", Scalar::u64);
  Array index(index_row, {events.size()});
  std::vector<double> start(events.size()), stop(events.size());
  std::vector<std::byte> bytes(gmf_row.bytes);
  std::size_t done = 0;
  for (std::size_t e = 0; e < events.size(); ++e) {
    start[e] = static_cast<double>(done);
    for (; done < rows.size() && rows[done].event == e; ++done) {
      std::memcpy(bytes.data(), &rows[done].site, 4);
      std::memcpy(bytes.data() + 4, &rows[done].event, 4);
      std::memcpy(bytes.data() + 8, rows[done].values.data(), 4 * imts.size());
      table.append(bytes);
    }
    stop[e] = static_cast<double>(done);
  }
  table.finish();
  put(index, "start", start);
  put(index, "stop", stop);
  store::write_array(file, "/gmf_data/index", index);

  RowType residual_row;
  residual_row.add("event", Scalar::u64).add("realization", Scalar::u32);
  for (const std::string& imt : imts) residual_row.add("sig_inter_" + imt, Scalar::f32);
  for (const std::string& imt : imts) residual_row.add("eps_inter_" + imt, Scalar::f32);
  Array residuals(residual_row, {events.size()});
  put(residuals, "event", id);
  put(residuals, "realization", realization);
  put(residuals, "sig_inter_" + imts.front(), std::vector<double>(events.size(), 0.26));
  put(residuals, "eps_inter_" + imts.front(), {first_epsilon});
  put(residuals, "eps_inter_" + imts.back(), {std::numeric_limits<double>::quiet_NaN()});
  store::write_array(file, "/gmf_data/sigma_epsilon", residuals);

  if (!dropped.empty()) {
    RowType row;
    row.add("count", Scalar::i64).add("sum_ln", Scalar::f64).add("sum_ln2", Scalar::f64);
    Array array(row, {sites.size(), weights.size(), imts.size()});
    std::memcpy(array.data(), dropped.data(), array.size_bytes());
    store::write_array(file, "/gmf_data/dropped", array);
  }
  RowType rank_row;
  rank_row.add("write", Scalar::f64, "s");
  store::write_array(file, "/performance/ranks", Array(rank_row, {static_cast<std::size_t>(ranks)}),
                     {{"wall_time_s", 12.25}});
  file.close();
}

}  // namespace shakefield::calc::test
