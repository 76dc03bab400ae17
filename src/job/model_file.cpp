// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "model_file.hpp"

#include <fmt/format.h>

#include <cstring>

#include "csv_table.hpp"
#include "job_table.hpp"
#include "model_format.hpp"
#include "shakefield/core/hash.hpp"
#include "shakefield/store/digest.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

template <class T>
T attribute(const core::Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  const T* value = found == attributes.end() ? nullptr : std::get_if<T>(&found->second);
  core::validate(value != nullptr, ErrorKind::data, fmt::format("it has no attribute {}", name));
  return *value;
}

void expect_model(const core::Attributes& root) {
  const auto content = root.find("content");
  const std::string* text =
      content == root.end() ? nullptr : std::get_if<std::string>(&content->second);
  core::validate(text != nullptr && *text == model_content, ErrorKind::data,
                 root.contains("num_events")
                     ? "it holds results, give a model that `shakefield convert` wrote"
                     : "no program of ours wrote it, give a model of `shakefield convert`");
  const auto version = attribute<std::vector<std::int64_t>>(root, "format_version");
  core::validate(version.size() == 2 && version[0] == model_version_major, ErrorKind::data,
                 fmt::format("its format is {}.x, this program reads {}.x, convert the job again",
                             version.empty() ? -1 : version[0], model_version_major));
}

std::string text_of_bytes(const core::Array& bytes) {
  const auto values = bytes.values<std::uint8_t>();
  return {reinterpret_cast<const char*>(values.data()), values.size()};
}

Shapes read_shapes(const store::File& file) {
  const auto first = store::read_array(file, "/shapes/first");
  const auto values = first.values<std::uint32_t>();
  return {store::read_array(file, "/shapes/names").column_text(""),
          from_table<Slot>(store::read_array(file, "/shapes/slots")),
          {values.begin(), values.end()}};
}

/// The NRML text of an input, without its stored sources.
std::string nrml_text(const store::File& file, const std::string& group, const Shapes& shapes,
                      const std::string& path) {
  const core::Array shape = store::read_array(file, group + "/document/shape"),
                    numbers = store::read_array(file, group + "/document/numbers"),
                    counts = store::read_array(file, group + "/document/counts");
  const std::string bytes = text_of_bytes(store::read_array(file, group + "/document/bytes"));
  const auto number = shape.values<std::uint32_t>();
  core::validate(number.size() == 1, core::ErrorKind::data,
                 fmt::format("the model file is damaged ({}/document/shape has {} values, one is "
                             "expected), convert the job again",
                             group, number.size()),
                 {path});
  PackedElement element;
  element.turn_to(shapes, number.front(),
                  {numbers.values<double>(), counts.values<std::uint32_t>(), bytes}, {path, 0});
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" +
         to_xml(element, 0,
                fmt::format(
                    " xmlns:gml=\"http://www.opengis.net/gml\" "
                    "xmlns=\"http://openquake.org/xmlns/nrml/0.{}\"",
                    attribute<std::int64_t>(store::read_attributes(file, group), "nrml_version")));
}

void add_datasets(const store::File& file, const std::string& group, std::string& list) {
  for (const std::string& child : store::children(file, group.empty() ? "/" : group)) {
    const std::string path = fmt::format("{}/{}", group, child);
    if (store::is_group(file, path))
      add_datasets(file, path, list);
    else
      list += fmt::format("{} {}\n", path, store::digest_of(file, path));
  }
}

}  // namespace

std::string digest_of_datasets(const store::File& file) {
  std::string list;
  add_datasets(file, "", list);
  core::Digest digest;
  digest.add(std::as_bytes(std::span(list.data(), list.size())));
  return digest.hex();
}

bool ModelFile::has_model_name(const std::filesystem::path& path) {
  const std::string ending = lowered(path.extension().string());
  return ending == ".h5" || ending == ".hdf5";
}

ModelFile::ModelFile(const std::filesystem::path& path)
    : path_(path), file_(std::make_shared<const store::File>(store::File::open(path))) {
  try {
    const core::Attributes root = store::read_attributes(*file_, "/");
    expect_model(root);
    digest_ = attribute<std::string>(root, "digest");
    shapes_ = std::make_shared<const Shapes>(read_shapes(*file_));
    read_inputs();
  } catch (const core::Error& e) {
    throw core::Error(ErrorKind::data, fmt::format("{} is not a model that can be read: {}",
                                                   path.string(), e.problems().front().message));
  }
}

void ModelFile::verify_digest() const {
  core::validate(digest_of_datasets(*file_) == digest_, ErrorKind::data,
                 fmt::format("{} is damaged (its contents differ from the digest that they had "
                             "when it was written), convert the job again",
                             path_.string()));
}

void ModelFile::read_inputs() {
  const core::Array table = store::read_array(*file_, "/inputs/table");
  const std::vector<std::string> paths = table.column_text("path"),
                                 kinds = table.column_text("kind");
  std::uint32_t chunks = 0;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::filesystem::path relative = std::filesystem::path(paths[i]).lexically_normal();
    core::validate(!relative.empty() && relative.is_relative() && *relative.begin() != "..",
                   ErrorKind::data, fmt::format("the path '{}' leads out of it", paths[i]));
    const std::filesystem::path full = (path_ / relative).lexically_normal();
    const std::string group = fmt::format("/inputs/{}", i);
    inputs_[full] = {group, kinds[i]};
    if (i == 0) job_path_ = full;
    if (kinds[i] != "sources") continue;
    auto sources =
        std::make_unique<StoredSources>(file_, group + "/sources", full.string(), shapes_, chunks);
    chunks += static_cast<std::uint32_t>(sources->chunks().size() - 1);
    sources_[full] = std::move(sources);
  }
  core::validate(!job_path_.empty(), ErrorKind::data, "it has no job");
}

std::string ModelFile::text_of(const std::filesystem::path& path, const Input& input) const {
  const auto read = [&](const char* dataset) {
    return store::read_array(*file_, input.group + dataset);
  };
  if (input.kind == "job") return to_job_text(read("/parameters"), path);
  if (input.kind == "nrml" || input.kind == "sources")
    return nrml_text(*file_, input.group, *shapes_, path.string());
  if (input.kind == "csv") {
    const auto header =
        attribute<std::int64_t>(store::read_attributes(*file_, input.group), "has_header");
    return to_csv_text({read("/table"), header != 0});
  }
  core::validate(
      input.kind == "bytes", ErrorKind::data,
      fmt::format("the input {} is of the unknown kind '{}'", path.string(), input.kind));
  return text_of_bytes(read("/bytes"));
}

void ModelFile::put_texts(InputFiles& files) const {
  try {
    for (const auto& [path, input] : inputs_) files.add_text(path, text_of(path, input));
    files.seal_model(path_);
  } catch (const core::Error& e) {
    throw core::Error(ErrorKind::data, fmt::format("{} is not a model that can be read: {}",
                                                   path_.string(), e.problems().front().message));
  }
}

const StoredSources* ModelFile::sources(const std::filesystem::path& nrml) const {
  const auto found = sources_.find(nrml.lexically_normal());
  return found == sources_.end() ? nullptr : found->second.get();
}

std::vector<StoredSources*> ModelFile::all_sources() {
  std::vector<StoredSources*> all;
  for (const auto& [path, sources] : sources_) all.push_back(sources.get());
  return all;
}

}  // namespace shakefield::job
