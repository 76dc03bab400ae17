// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "equivalent_distances.hpp"

#include <fmt/format.h>

#include "shakefield/core/error.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::job {

std::shared_ptr<const rupture::EquivalentDistances> read_equivalent_distances(
    const std::string& bytes, const std::filesystem::path& path) {
  const store::File file = store::File::open_image(std::as_bytes(std::span(bytes)), path);
  const auto read = [&](const std::string& name, std::size_t dimensions) {
    const std::string dataset = "/default/" + name;
    const core::InputPlace place{path.string(), 0};
    core::validate(store::exists(file, dataset), core::ErrorKind::data,
                   fmt::format("the file has no {} (a table of equivalent distances has "
                               "default/repi, default/mags and default/reqv), correct it",
                               dataset),
                   place);
    core::Array array = store::read_array(file, dataset);
    core::validate(array.type().is_plain() && array.shape().size() == dimensions,
                   core::ErrorKind::data,
                   fmt::format("{} has {} dimensions ({} of numbers are expected), correct it",
                               dataset, array.shape().size(), dimensions),
                   place);
    return array;
  };
  const core::Array r_epi = read("repi", 1), mags = read("mags", 1), r_jb = read("reqv", 2);
  try {
    core::validate(r_jb.shape().front() == r_epi.rows(), core::ErrorKind::data,
                   fmt::format("default/reqv has {} rows for {} distances in default/repi (one "
                               "each is expected), correct the file",
                               r_jb.shape().front(), r_epi.rows()));
    return std::make_shared<rupture::EquivalentDistances>(r_epi.column_f64(""), mags.column_f64(""),
                                                          r_jb.column_f64(""));
  } catch (const core::Error& e) {
    throw core::Error(e.kind(), e.problems().front().message, {path.string(), 0});
  }
}

}  // namespace shakefield::job
