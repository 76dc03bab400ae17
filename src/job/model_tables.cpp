// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "model_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "job_files.hpp"
#include "packed_texts.hpp"
#include "shakefield/comm/node_memory.hpp"
#include "shakefield/job/model_tables.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::job {
namespace {

constexpr std::string_view hdf5_signature = "\x89HDF\r\n\x1a\n";

/// All datasets of numbers below a group.
void read_group(const store::File& file, const std::string& group, gmm::TableFile& table) {
  for (const std::string& child : store::children(file, group.empty() ? "/" : group)) {
    const std::string path = group.empty() ? child : fmt::format("{}/{}", group, child);
    if (store::is_group(file, path)) {
      read_group(file, path, table);
      continue;
    }
    const core::Array array = store::read_array(file, path);
    if (!gmm::TableArray::can_hold(array)) continue;
    table.arrays.emplace(path, array);
    for (const auto& [name, value] : store::read_attributes(file, path))
      if (const auto* text = std::get_if<std::string>(&value))
        table.attributes[fmt::format("{}/{}", path, name)] = *text;
  }
}

/// Whether an argument of this name may be the path of a table.
bool names_table(std::string_view key) {
  return key.ends_with("_table") || key.ends_with("_file");
}

/// The argument becomes the contents of the file if it is an HDF5 one. `read`: its text.
template <class Read>
void read_if_table(gmm::Argument& value, const std::filesystem::path& path, InputFiles& files,
                   Read read) {
  const std::filesystem::path normal = path.lexically_normal();
  if (!files.tables().contains(normal)) {
    const std::string& bytes = read();
    if (!bytes.starts_with(hdf5_signature)) return;
    auto table = std::make_shared<gmm::TableFile>();
    table->path = std::get<std::string>(value);
    read_group(store::File::open_image(std::as_bytes(std::span(bytes)), path), "", *table);
    files.add_table(normal, std::move(table));
  }
  value = std::shared_ptr<const gmm::TableFile>(files.tables().at(normal));
}

/// All of tables but their values.
std::vector<std::byte> pack_outlines(const ModelTables& tables) {
  PackedTexts packed;
  const auto put_number = [&](std::size_t n) { packed.put(fmt::format("{}", n)); };
  for (const auto& [path, table] : tables) {
    packed.put(path.string());
    packed.put(table->path);
    put_number(table->arrays.size());
    for (const auto& [name, array] : table->arrays) {
      packed.put(name);
      put_number(array.shape().size());
      for (const std::size_t length : array.shape()) put_number(length);
    }
    put_number(table->attributes.size());
    for (const auto& [name, text] : table->attributes) {
      packed.put(name);
      packed.put(text);
    }
  }
  return std::move(packed.bytes());
}

/// Adds the tables that are not there yet.
void take_outlines(std::vector<std::byte> bytes, ModelTables& tables) {
  PackedTexts packed(std::move(bytes));
  const auto take_number = [&] {
    std::size_t number = 0;
    const std::string text = packed.take();
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  };
  while (!packed.is_empty()) {
    const std::filesystem::path path = packed.take();
    auto table = std::make_shared<gmm::TableFile>();
    table->path = packed.take();
    for (std::size_t left = take_number(); left > 0; --left) {
      const std::string name = packed.take();
      std::vector<std::size_t> shape(take_number());
      for (std::size_t& length : shape) length = take_number();
      table->arrays.emplace(name, std::move(shape));
    }
    for (std::size_t left = take_number(); left > 0; --left) {
      const std::string name = packed.take();
      table->attributes[name] = packed.take();
    }
    tables.emplace(path, std::move(table));
  }
}

/// The arrays in an order that is the same on all ranks.
std::vector<gmm::TableArray*> arrays_of(const ModelTables& tables) {
  std::vector<gmm::TableArray*> arrays;
  for (const auto& [path, table] : tables)
    for (auto& [name, array] : table->arrays) arrays.push_back(&array);
  return arrays;
}

/// Root's values of an array come to `to` of all ranks that have it, in blocks.
void broadcast_values(const comm::Communicator& comm, const gmm::TableArray& array, std::byte* to) {
  constexpr std::size_t block_bytes = std::size_t{1} << 20;
  std::vector<std::byte> block;
  for (std::size_t first = 0; first < array.values().size_bytes(); first += block.size()) {
    if (comm.is_root()) {
      const auto left = std::as_bytes(array.values()).subspan(first);
      const auto part = left.first(std::min(block_bytes, left.size()));
      block.assign(part.begin(), part.end());
    }
    comm::broadcast(comm, block);
    if (to) to = std::ranges::copy(block, to).out;
  }
}

}  // namespace

void read_model_tables(gmm::ModelSpec& model, const std::filesystem::path& folder,
                       InputFiles& files) {
  for (auto& [key, value] : model.arguments) {
    const auto* name = std::get_if<std::string>(&value);
    if (!name || !names_table(key)) continue;
    const std::filesystem::path path = folder / *name;
    read_if_table(value, path, files, [&]() -> const std::string& { return files.text(path); });
  }
}

void read_model_tables(PlacedGmmTree& trees, const std::filesystem::path& folder, InputFiles& files,
                       core::Problems& problems) {
  for (std::size_t s = 0; s < trees.tree.sets.size(); ++s)
    for (std::size_t b = 0; b < trees.tree.sets[s].branches.size(); ++b) {
      const core::InputPlace& place = trees.places[s][b];
      for (auto& [key, value] : trees.tree.sets[s].branches[b].model.arguments) {
        const auto* name = std::get_if<std::string>(&value);
        if (!name || !names_table(key)) continue;
        try {
          const auto path = checked_path(*name, key, place, folder);
          read_if_table(value, path, files,
                        [&]() -> const std::string& { return read_file(files, path, place); });
        } catch (const core::Error& e) {
          for (const core::Problem& p : e.problems())
            problems.add(p.kind, p.message, p.place.file.empty() ? place : p.place);
        }
      }
    }
}

void share_tables(const comm::Communicator& comm, ModelTables& tables) {
  if (comm.size() == 1) return;
  std::vector<std::byte> outlines =
      comm.is_root() ? pack_outlines(tables) : std::vector<std::byte>{};
  comm::broadcast(comm, outlines);
  if (!comm.is_root()) take_outlines(std::move(outlines), tables);
  const std::vector<gmm::TableArray*> arrays = arrays_of(tables);
  std::size_t bytes = 0;
  for (const gmm::TableArray* array : arrays) bytes += array->values().size_bytes();
  if (bytes == 0) return;

  const auto node = std::make_shared<comm::NodeMemory>(comm, comm.node().is_root() ? bytes : 0);
  std::shared_ptr<const void> memory = node;
  std::byte* to = node->own().data();
  const std::byte* from = nullptr;
  for (int rank = 0; rank < comm.size() && !from; ++rank) from = node->of(rank).data();
  if (!from) {
    const auto copy = std::make_shared<std::vector<std::byte>>(bytes);
    from = to = copy->data();
    memory = copy;
  }
  std::size_t at = 0;
  for (gmm::TableArray* array : arrays) {
    broadcast_values(comm, *array, to ? to + at : nullptr);
    array->move_to(reinterpret_cast<const double*>(from + at), memory);
    at += array->values().size_bytes();
  }
  node->synchronise();
  comm::barrier(comm);
  node->synchronise();
}

}  // namespace shakefield::job
