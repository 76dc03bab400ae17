// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "csv_table.hpp"
#include "job_reader.hpp"
#include "job_table.hpp"
#include "model_file.hpp"
#include "model_format.hpp"
#include "model_remarks.hpp"
#include "packed_sources.hpp"
#include "shakefield/core/version.hpp"
#include "shakefield/job/model.hpp"
#include "value.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

std::filesystem::path full_path(const std::filesystem::path& path) {
  return std::filesystem::absolute(path).lexically_normal();
}

/// How many folders up a text goes at most ("../").
std::size_t steps_up(const std::string& text) {
  constexpr std::string_view up = "../";
  std::size_t most = 0;
  for (std::size_t at = text.find(up); at != std::string::npos; at = text.find(up, at)) {
    std::size_t steps = 0;
    for (; text.compare(at, up.size(), up) == 0; at += up.size()) ++steps;
    most = std::max(most, steps);
  }
  return most;
}

/// Longest folder that holds all files, and those that their names go up to.
std::filesystem::path common_folder(const std::filesystem::path& job, const InputFiles& files) {
  std::filesystem::path common = full_path(job).parent_path();
  for (const auto& [path, text] : files.texts()) {
    const std::filesystem::path full = full_path(path);
    std::filesystem::path shared;
    for (auto own = common.begin(), other = full.begin();
         own != common.end() && other != full.end() && *own == *other; ++own, ++other)
      shared /= *own;
    common = shared;
  }
  std::size_t up = 0;
  auto depth = std::numeric_limits<std::ptrdiff_t>::max();
  for (const auto& [path, text] : files.texts()) {
    up = std::max(up, steps_up(text));
    const std::filesystem::path own = full_path(path).lexically_relative(common).parent_path();
    depth = std::min(depth, std::distance(own.begin(), own.end()));
  }
  for (auto missing = static_cast<std::ptrdiff_t>(up) - depth; missing > 0; --missing)
    common = common.parent_path();
  return common;
}

/// 4 or 5 of an NRML document; 0 if it is none.
int nrml_version(const pugi::xml_document& document) {
  const pugi::xml_node root = document.document_element();
  if (without_prefix(root.name()) != "nrml") return 0;
  for (const pugi::xml_attribute a : root.attributes())
    if (std::string_view(a.name()).starts_with("xmlns") &&
        std::string_view(a.value()).ends_with("nrml/0.4"))
      return 4;
  return 5;
}

pugi::xml_node child_of(pugi::xml_node parent, std::string_view name) {
  for (const pugi::xml_node child : parent.children())
    if (without_prefix(child.name()) == name) return child;
  return {};
}

class ModelWriter {
 public:
  ModelWriter(store::File& file, const InputFiles& files, const SourceExtents& extents,
              std::filesystem::path folder)
      : file_(file), files_(files), extents_(extents), folder_(std::move(folder)) {}

  ModelSummary write(const std::filesystem::path& job) {
    const std::filesystem::path job_path = job.lexically_normal();
    add_job(job_path);
    for (const auto& [path, text] : files_.texts())
      if (path != job_path) add(path, text);
    write_table();
    write_shapes();
    summary_.inputs = paths_.size();
    finish();
    return std::move(summary_);
  }

 private:
  std::string next_group(const std::filesystem::path& path, const char* kind) {
    paths_.push_back(full_path(path).lexically_relative(folder_).generic_string());
    kinds_.emplace_back(kind);
    return fmt::format("/inputs/{}", paths_.size() - 1);
  }

  void add_job(const std::filesystem::path& path) {
    const std::string& text = files_.texts().at(path);
    if (const auto table = to_job_table(text, path))
      store::write_array(file_, next_group(path, "job") + "/parameters", *table);
    else
      add_bytes(path, text);
  }
  void add_bytes(const std::filesystem::path& path, const std::string& text) {
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    store::write_array(file_, next_group(path, "bytes") + "/bytes", core::Array::of(bytes));
  }
  void add(const std::filesystem::path& path, const std::string& text) {
    const std::string ending = lowered(path.extension().string());
    if (ending == ".csv")
      if (const auto csv = to_csv_table(text)) {
        const std::string group = next_group(path, "csv");
        store::write_array(file_, group + "/table", csv->table);
        store::write_attributes(file_, group, {{"has_header", std::int64_t{csv->has_header}}});
        return;
      }
    pugi::xml_document document;
    if (ending == ".xml" && document.load_buffer(text.data(), text.size()))
      if (const int version = nrml_version(document)) {
        add_nrml(path, text, document, version);
        return;
      }
    add_bytes(path, text);
  }

  void add_nrml(const std::filesystem::path& path, const std::string& text,
                pugi::xml_document& document, int version) {
    const pugi::xml_node root = document.document_element();
    const pugi::xml_node model = child_of(root, "sourceModel");
    const std::string group = next_group(path, model ? "sources" : "nrml");
    for (std::string& remark : remarks_of(paths_.back(), text, document))
      summary_.remarks.push_back(std::move(remark));
    if (model) {
      PackedSources sources(shapes_);
      sources.take(model);
      const auto extents = extents_.find(path.string());
      sources.write(file_, group + "/sources",
                    extents == extents_.end() ? std::vector<SourceExtent>{} : extents->second);
      summary_.sources += sources.size();
    }
    PackedValues values;
    const std::uint32_t shape = pack(root, shapes_, values);
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(values.bytes.data()),
                          values.bytes.size());
    const auto write = [&](const char* name, const core::Array& array) {
      store::write_array(file_, group + "/document/" + name, array);
    };
    write("shape", core::Array::of(std::span(&shape, 1)));
    write("numbers", core::Array::of(std::span<const double>(values.numbers)));
    write("counts", core::Array::of(std::span<const std::uint32_t>(values.counts)));
    write("bytes", core::Array::of(bytes));
    store::write_attributes(file_, group, {{"nrml_version", std::int64_t{version}}});
  }

  void write_table() {
    core::RowType row;
    const auto longest = [](const std::vector<std::string>& texts) {
      return std::ranges::max_element(texts, {}, &std::string::size)->size();
    };
    row.add("path", core::Scalar::bytes, "", longest(paths_));
    row.add("kind", core::Scalar::bytes, "", longest(kinds_));
    core::Array table(row, {paths_.size()});
    table.set_column("path", paths_);
    table.set_column("kind", kinds_);
    store::write_array(file_, "/inputs/table", table);
  }
  void write_shapes() {
    store::write_array(file_, "/shapes/names", texts_array(shapes_.names()));
    store::write_array(file_, "/shapes/slots", to_table(std::span(shapes_.slots())));
    store::write_array(file_, "/shapes/first", core::Array::of(std::span(shapes_.first())));
  }
  void finish() {
    summary_.digest = digest_of_datasets(file_);
    const core::BuildInfo& build = core::build_info();
    store::write_attributes(
        file_, "/",
        {{"content", std::string(model_content)},
         {"format_version", std::vector<std::int64_t>{model_version_major, model_version_minor}},
         {"program", fmt::format("shakefield {} ({})", build.version, build.commit)},
         {"digest", summary_.digest}});
    file_.close();
  }

  store::File& file_;
  const InputFiles& files_;
  const SourceExtents& extents_;
  std::filesystem::path folder_;
  Shapes shapes_;
  std::vector<std::string> paths_, kinds_;
  ModelSummary summary_;
};

}  // namespace

ModelSummary write_model(const std::filesystem::path& job, const std::filesystem::path& model,
                         bool overwrite) {
  core::validate(is_model_name(model), ErrorKind::config,
                 fmt::format("'{}' is no name of a model (models end in .h5 or .hdf5, by which "
                             "they are known), rename it",
                             model.string()));
  core::validate(!is_model_name(job), ErrorKind::config,
                 fmt::format("'{}' is a model already (a job.ini or job.yaml is expected), give -o "
                             "a folder to write its inputs to",
                             job.string()));
  InputFiles files;
  const JobWithExtents read = read_job_with_extents(job, files);
  store::File file = store::File::create(model, overwrite, store::Writing::in_commits);
  return ModelWriter(file, files, read.extents, common_folder(job, files)).write(job);
}

bool is_model_name(const std::filesystem::path& path) {
  return ModelFile::has_model_name(path);
}

}  // namespace shakefield::job
