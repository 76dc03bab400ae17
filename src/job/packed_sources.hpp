// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "packed_xml.hpp"
#include "shakefield/store/file.hpp"
#include "source_share.hpp"

namespace shakefield::job {

/// Texts, each different one with a number.
class Distinct {
 public:
  /// Throws Error{data} if there are more than 65535.
  std::uint16_t number(const std::string& text);
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;
  std::map<std::string, std::uint16_t> numbers_;
};

/// The sources of an NRML file, on their way into a model file.
class PackedSources {
 public:
  explicit PackedSources(Shapes& shapes) : shapes_(shapes), starts_(1) {}

  /// Takes the sources out of a document; elements `storedSources` stand for them.
  void take(pugi::xml_node source_model);
  std::size_t size() const { return ids_.size(); }
  /// Writes headers, values and chunks into a group: neighbours along a Hilbert curve stand
  /// together. `extents` may be shorter than the sources: what it lacks has the whole Earth.
  void write(store::File& file, const std::string& group,
             const std::vector<SourceExtent>& extents) const;

 private:
  /// Where the values of a source begin.
  struct Start {
    std::size_t numbers = 0, counts = 0, bytes = 0;
  };
  void take_children(pugi::xml_node parent);
  void add(pugi::xml_node source, const std::string& group_region);
  void write_headers(store::File& file, const std::string& group) const;
  void write_values(store::File& file, const std::string& group,
                    const std::vector<std::uint32_t>& order) const;

  Shapes& shapes_;
  std::vector<std::string> ids_;
  std::vector<std::uint16_t> kind_, region_;
  Distinct kinds_, regions_;
  PackedValues values_;
  std::vector<std::uint32_t> shape_;
  std::vector<Start> starts_;  ///< [sources + 1]
};

/// A plain dataset of texts.
core::Array texts_array(const std::vector<std::string>& texts);

}  // namespace shakefield::job
