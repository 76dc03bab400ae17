// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "model_tables.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>

#include "job_files.hpp"
#include "shakefield/job/model_tables.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::job {
namespace {

constexpr std::string_view hdf5_signature = "\x89HDF\r\n\x1a\n";

/// All datasets below a group.
void read_group(const store::File& file, const std::string& group, gmm::TableFile& table) {
  for (const std::string& child : store::children(file, group.empty() ? "/" : group)) {
    const std::string path = group.empty() ? child : fmt::format("{}/{}", group, child);
    if (store::is_group(file, path)) {
      read_group(file, path, table);
    } else {
      table.arrays[path] = store::read_array(file, path);
      table.attributes[path] = store::read_attributes(file, path);
    }
  }
}

using Tables = std::map<std::filesystem::path, std::shared_ptr<const gmm::TableFile>>;

std::shared_ptr<const gmm::TableFile> read_table(const std::string& name,
                                                 const std::filesystem::path& path,
                                                 const std::string& bytes, Tables& known) {
  auto& table = known[path];
  if (!table) {
    gmm::TableFile contents{name, {}, {}};
    read_group(store::File::open_image(std::as_bytes(std::span(bytes)), path), "", contents);
    table = std::make_shared<const gmm::TableFile>(std::move(contents));
  }
  return table;
}

/// Whether an argument of this name may be the path of a table.
bool names_table(std::string_view key) {
  return key.ends_with("_table") || key.ends_with("_file");
}

/// The argument becomes the contents of the file if it is an HDF5 one.
void read_if_table(gmm::Argument& value, const std::string& name, const std::filesystem::path& path,
                   const std::string& bytes, Tables& known) {
  if (bytes.starts_with(hdf5_signature)) value = read_table(name, path, bytes, known);
}

}  // namespace

void read_model_tables(gmm::ModelSpec& model, const std::filesystem::path& folder,
                       InputFiles& files) {
  Tables known;
  for (auto& [key, value] : model.arguments) {
    const auto* name = std::get_if<std::string>(&value);
    if (!name || !names_table(key)) continue;
    const std::filesystem::path path = folder / *name;
    read_if_table(value, std::string(*name), path, files.text(path), known);
  }
}

void read_model_tables(PlacedGmmTree& trees, const std::filesystem::path& folder, InputFiles& files,
                       core::Problems& problems) {
  Tables known;
  for (std::size_t s = 0; s < trees.tree.sets.size(); ++s)
    for (std::size_t b = 0; b < trees.tree.sets[s].branches.size(); ++b) {
      const core::InputPlace& place = trees.places[s][b];
      for (auto& [key, value] : trees.tree.sets[s].branches[b].model.arguments) {
        const auto* name = std::get_if<std::string>(&value);
        if (!name || !names_table(key)) continue;
        try {
          const auto path = checked_path(*name, key, place, folder);
          read_if_table(value, std::string(*name), path, read_file(files, path, place), known);
        } catch (const core::Error& e) {
          for (const core::Problem& p : e.problems())
            problems.add(p.kind, p.message, p.place.file.empty() ? place : p.place);
        }
      }
    }
}

}  // namespace shakefield::job
