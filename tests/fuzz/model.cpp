// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Input: what is changed in a model file (model.h5, made by `shakefield convert` of
// tests/unit/job/data/event_based.ini), in lines of text:
//   /inputs/3/sources/rows byte 8 255     a byte of the values
//   /inputs/3/sources/rows rows 1         fewer rows, or more
//   /inputs/3/sources/numbers as u32      the same bytes as numbers of another type (u8, u32, f64)
//   /inputs/3/sources/chunks gone
#include <algorithm>
#include <sstream>

#include "answers.hpp"
#include "model_file.hpp"
#include "nrml_source.hpp"
#include "scratch_folder.hpp"

namespace shakefield::fuzz {
namespace {

/// The bytes of an array, as far as they fit, in another one.
core::Array with_bytes_of(const core::Array& array, core::RowType type, std::size_t rows) {
  core::Array copy(std::move(type), {rows});
  std::copy_n(array.data(), std::min(array.size_bytes(), copy.size_bytes()), copy.data());
  return copy;
}

core::Array changed(const core::Array& array, const std::string& verb, std::istringstream& words) {
  constexpr std::size_t most_rows = 10'000;
  std::size_t number = 0, value = 0;
  if (verb == "byte" && words >> number >> value && array.size_bytes() > 0) {
    core::Array copy = array;
    copy.data()[number % array.size_bytes()] = static_cast<std::byte>(value);
    return copy;
  }
  if (verb == "rows" && words >> number)
    return with_bytes_of(array, array.type(), number % most_rows);
  std::string type;
  if (verb != "as" || !(words >> type)) return array;
  const core::Scalar scalar = type == "u8"    ? core::Scalar::u8
                              : type == "u32" ? core::Scalar::u32
                                              : core::Scalar::f64;
  return with_bytes_of(array, core::RowType::plain(scalar),
                       array.size_bytes() / core::size_of(scalar));
}

void change(store::File& file, const std::string& line) {
  std::istringstream words(line);
  std::string path, verb;
  words >> path >> verb;
  if (verb.empty() || !store::exists(file, path) || store::is_group(file, path)) return;
  const core::Array array = store::read_array(file, path);
  const core::Attributes attributes = store::read_attributes(file, path);
  store::remove(file, path);
  if (verb != "gone") store::write_array(file, path, changed(array, verb, words), attributes);
}

void read(const std::filesystem::path& path, core::Problems& problems) {
  job::ModelFile model(path);
  job::InputFiles files;
  model.put_texts(files);
  for (const job::StoredSources* stored : model.all_sources()) {
    job::SourceOptions options;
    options.spacings = {10, 10};
    options.area_discretization_km = 50;
    options.stored = stored;
    const job::XmlFile document(stored->name(), files.texts().at(stored->name()));
    for (const auto& source : job::read_source_model(document, options, problems).sources)
      job::make_source(source, 0.5)->bound();
  }
}

}  // namespace
}  // namespace shakefield::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shakefield;
  static const ScratchFolder folder;
  const std::filesystem::path path = folder / "model.h5";
  std::filesystem::copy_file(SHAKEFIELD_FUZZ_MODEL, path,
                             std::filesystem::copy_options::overwrite_existing);
  {
    store::File file = store::File::open(path, store::Access::read_write);
    std::istringstream lines{std::string(fuzz::text_of(data, size))};
    constexpr int most_changes = 20;
    std::string line;
    for (int i = 0; i < most_changes && std::getline(lines, line); ++i) try {
        fuzz::change(file, line);
      } catch (const core::Error&) {
        continue;  // a path that HDF5 does not take
      }
    file.close();
  }
  fuzz::expect_answer([&](core::Problems& problems) { fuzz::read(path, problems); });
  return 0;
}
