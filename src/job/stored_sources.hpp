// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model_format.hpp"
#include "packed_xml.hpp"
#include "shakefield/store/file.hpp"

namespace shakefield::job {

/// The sources of one NRML file in a model file: what names all of them, and chunks of neighbouring
/// sources that are read only if they are wanted. Local.
class StoredSources {
 public:
  /// `group`: of its tables; `name`: path of the NRML file; `first_chunk`: chunks of the model file
  /// before these. Reads the headers. Throws Error{data} if the tables contradict each
  /// other.
  StoredSources(std::shared_ptr<const store::File> file, std::string group, std::string name,
                std::shared_ptr<const Shapes> shapes, std::uint32_t first_chunk);

  const std::string& name() const { return name_; }
  std::size_t size() const { return ids_.size(); }
  const std::string& id(std::size_t number) const { return ids_[number]; }
  const std::string& kind(std::size_t number) const { return kinds_[kind_[number]]; }
  const std::string& region(std::size_t number) const { return regions_[region_[number]]; }

  const std::vector<StoredChunk>& chunks() const { return chunks_; }
  std::size_t num_sources(std::size_t chunk) const;
  std::uint32_t first_chunk() const { return first_chunk_; }

  /// Chunks that for_each() reads: all, unless this names others (ascending).
  void want(std::vector<std::uint32_t> chunks) { wanted_ = std::move(chunks); }
  /// Reads the wanted chunks, some at a time, and visits their sources. Throws Error{data} if the
  /// values of a source do not fit.
  using Visit =
      std::function<void(std::size_t number, std::uint32_t chunk, const PackedElement& source)>;
  void for_each(const Visit& visit) const;

 private:
  void read_headers();
  void check_chunks() const;
  void read_run(std::uint32_t first, std::uint32_t last, const Visit& visit) const;
  [[noreturn]] void fail(const std::string& why) const;

  std::shared_ptr<const store::File> file_;
  std::string group_, name_;
  std::shared_ptr<const Shapes> shapes_;
  std::uint32_t first_chunk_;
  std::vector<std::string> ids_, kinds_, regions_;
  std::vector<std::uint16_t> kind_, region_;  ///< [sources] numbers in kinds_, regions_
  std::vector<StoredChunk> chunks_;           ///< and one behind the last
  std::vector<std::uint32_t> wanted_;
};

}  // namespace shakefield::job
