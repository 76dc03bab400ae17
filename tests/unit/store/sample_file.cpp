// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Writes the file that read_with_h5py.py reads: sample_file OUT.h5
#include <numeric>

#include "shakefield/store/file.hpp"

using namespace shakefield;

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  store::File file = store::File::create(argv[1]);
  store::write_attributes(file, "/",
                          {{"format_version", std::vector<std::int64_t>{1, 0}},
                           {"complete", std::int64_t{1}},
                           {"job", std::string(100'000, 'x')},
                           {"checksums", std::vector<std::string>{"a=1", "bc=23"}}});
  store::write_variable_text(file, "/", "of_another_layout", "first");
  store::write_variable_text(file, "/", "of_another_layout", "métré");

  core::RowType site;
  site.add("lon", core::Scalar::f64, "degree").add("vs30", core::Scalar::f32, "m/s");
  site.add("name", core::Scalar::bytes, "1", 4);
  core::Array sites(site, {3});
  sites.set_column<double>("lon", std::vector<double>{-122.5, 0, 179.75});
  sites.set_column<float>("vs30", std::vector<float>{760, 180, 1500});
  sites.set_column("name", std::vector<std::string>{"a", "bc", "defg"});
  store::write_array(file, "/sites", sites, {{"axes", std::vector<std::string>{"site"}}});

  std::vector<double> poes(2 * 3);
  std::iota(poes.begin(), poes.end(), 0.0);
  store::write_array(
      file, "/hazard/curves", core::Array::of<double>(poes, {2, 3}),
      {{"units", std::string("1")}, {"axes", std::vector<std::string>{"site", "level"}}});

  core::RowType row;
  row.add("site", core::Scalar::u32).add("event", core::Scalar::u32);
  row.add("SA(0.3)", core::Scalar::f32, "g");
  store::TableWriter table(file, "/gmf_data/table", row,
                           {{"axes", std::vector<std::string>{"row"}}}, 12 * 1000);
  core::Array rows(row, {2500});
  std::vector<std::uint32_t> number(2500);
  std::iota(number.begin(), number.end(), 0U);
  std::vector<float> values(2500);
  std::iota(values.begin(), values.end(), 0.5f);
  rows.set_column<std::uint32_t>("site", number);
  rows.set_column<float>("SA(0.3)", values);
  table.append(rows);
  table.finish();
  store::TableWriter deflated(file, "/gmf_data/deflated", row, {}, 12 * 1000, store::Start::anew,
                              {store::CodecKind::deflate, 1});
  deflated.append(rows);
  deflated.finish();
  file.close();
}
