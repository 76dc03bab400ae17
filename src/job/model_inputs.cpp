// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "model_file.hpp"
#include "model_format.hpp"
#include "shakefield/job/model.hpp"

namespace shakefield::job {
namespace {

using core::ErrorKind;

void expect_empty_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  core::validate(
      std::filesystem::is_directory(folder), ErrorKind::io,
      fmt::format("cannot make the folder '{}' ({}), choose another name", folder.string(),
                  error ? error.message() : "a file of this name is in the way"));
  core::validate(std::filesystem::is_empty(folder, error) && !error, ErrorKind::config,
                 fmt::format("the folder '{}' is not empty (files in it could be lost), give "
                             "another one",
                             folder.string()));
}

/// Indentation of sources in a document: behind nrml, sourceModel and sourceGroup.
constexpr std::size_t source_indent = 6;

std::vector<std::string> source_texts(const StoredSources& sources) {
  std::vector<std::string> texts(sources.size());
  sources.for_each([&](std::size_t number, std::uint32_t, const PackedElement& source) {
    texts[number] = to_xml(source, source_indent);
  });
  return texts;
}

/// Writes a text; where an element stands for sources, the sources.
void write_text(std::ostream& out, std::string_view text, const StoredSources* sources) {
  const std::string opening = fmt::format("<{} first=\"", stored_sources_element);
  const std::vector<std::string> texts =
      sources ? source_texts(*sources) : std::vector<std::string>{};
  while (!texts.empty()) {
    const std::size_t at = text.find(opening);
    if (at == std::string_view::npos) break;
    std::size_t first = 0, last = 0;
    const std::string range(text.substr(at + opening.size(), 64));
    core::validate(std::sscanf(range.c_str(), "%zu\" last=\"%zu\"", &first, &last) == 2 &&
                       first <= last && last <= texts.size(),
                   ErrorKind::data, "the model is damaged (it names sources that are not there)");
    out << text.substr(0, text.rfind('\n', at) + 1);
    for (std::size_t s = first; s < last; ++s) out << texts[s];
    text.remove_prefix(text.find('\n', at) + 1);
  }
  out << text;
}

}  // namespace

std::vector<std::filesystem::path> write_inputs_of_model(const std::filesystem::path& model,
                                                         const std::filesystem::path& folder) {
  const ModelFile file(model);
  InputFiles files;
  file.put_texts(files);
  expect_empty_folder(folder);
  std::vector<std::filesystem::path> written;
  for (const auto& [path, text] : files.texts()) {
    const std::filesystem::path to = folder / path.lexically_relative(model.lexically_normal());
    std::error_code error;
    std::filesystem::create_directories(to.parent_path(), error);
    errno = 0;
    std::ofstream out(to, std::ios::binary);
    write_text(out, text, file.sources(path));
    out.close();
    core::validate(!out.fail(), ErrorKind::io,
                   fmt::format("cannot write '{}' ({}), choose another folder", to.string(),
                               std::strerror(errno)));
    if (path == file.job_path().lexically_normal())
      written.insert(written.begin(), to);
    else
      written.push_back(to);
  }
  return written;
}

bool holds_model(const std::filesystem::path& path) {
  try {
    const core::Attributes root = store::read_attributes(store::File::open(path), "/");
    const auto content = root.find("content");
    return content != root.end() &&
           content->second == core::AttributeValue(std::string(model_content));
  } catch (const core::Error&) {
    return false;
  }
}

ModelSummary check_model(const std::filesystem::path& model) {
  ModelFile file(model);
  file.verify_digest();
  ModelSummary summary;
  summary.digest = file.digest();
  summary.inputs = file.num_inputs();
  for (const StoredSources* sources : file.all_sources()) summary.sources += sources->size();
  return summary;
}

}  // namespace shakefield::job
