// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "packed_xml.hpp"
#include "shakefield/core/error.hpp"

namespace shakefield::job {

class XmlFile;

/// An element of an NRML file, or of a model file that holds it packed: names are compared without
/// their prefix, errors carry file and line. A value; valid as long as its XmlFile or
/// PackedElement.
class XmlNode {
 public:
  XmlNode(const XmlFile& file, pugi::xml_node node) : file_(&file), node_(node) {}
  explicit XmlNode(const PackedElement& element, std::size_t slot = 0)
      : packed_(&element), slot_(slot) {}

  /// Name without a prefix.
  std::string_view name() const;
  core::InputPlace place() const;
  /// Throws Error{kind} at this element.
  [[noreturn]] void fail(core::ErrorKind kind, const std::string& message) const;
  [[noreturn]] void fail(const std::string& message) const { fail(core::ErrorKind::data, message); }

  std::vector<XmlNode> children() const;
  std::vector<XmlNode> children(std::string_view name) const;
  std::optional<XmlNode> find(std::string_view name) const;
  /// The child of this name. Throws Error{data} if there is none, or more than one.
  XmlNode child(std::string_view name) const;

  /// Text, trimmed.
  std::string text() const;
  std::optional<std::string> find_attribute(std::string_view name) const;
  /// Throws Error{data} if missing.
  std::string attribute(std::string_view name) const;
  std::vector<std::pair<std::string, std::string>> attributes() const;

  /// A finite number in the text or in an attribute, in [low, high]. Throws Error{data}.
  double number(double low = lowest, double high = highest) const;
  double number_attribute(std::string_view name, double low = lowest, double high = highest) const;
  /// Numbers separated by white space (brackets allowed, and commas where `commas` is set).
  std::vector<double> numbers(bool commas = false) const;

  static constexpr double lowest = -1e300, highest = 1e300;

 private:
  /// Calls visit(child) until it returns false.
  template <class Visit>
  void for_each_child(Visit&& visit) const;
  /// Slot of a packed element's attribute.
  std::optional<std::size_t> attribute_slot(std::string_view name) const;
  /// A value that is packed as numbers; empty if it is not.
  std::span<const double> packed_numbers(std::optional<std::size_t> slot) const;
  double checked(std::string_view what, const std::string& text, double low, double high) const;

  const XmlFile* file_ = nullptr;
  pugi::xml_node node_;
  const PackedElement* packed_ = nullptr;
  std::size_t slot_ = 0;  ///< of the element in packed_
};

/// A parsed XML file.
class XmlFile {
 public:
  /// `name` is what messages call the file. Throws Error{data} with the line if it is not
  /// well-formed, or if the root is no nrml element of version 0.4 or 0.5.
  XmlFile(std::string name, const std::string& text);

  const std::string& name() const { return name_; }
  /// 4 or 5, for NRML 0.4 and 0.5.
  int minor_version() const { return minor_version_; }
  XmlNode root() const { return {*this, document_.document_element()}; }
  int line_at(std::ptrdiff_t offset) const;

 private:
  void read_version();

  std::string name_;
  std::vector<std::size_t> line_starts_;
  pugi::xml_document document_;
  int minor_version_ = 5;
};

/// Runs `make`; errors without a place get this one.
template <class F>
auto at_place(const core::InputPlace& place, F&& make) {
  try {
    return make();
  } catch (const core::Error& e) {
    std::vector<core::Problem> problems = e.problems();
    for (core::Problem& p : problems)
      if (p.place.file.empty()) p.place = place;
    throw core::Error(std::move(problems));
  }
}
template <class F>
auto at_place(const XmlNode& node, F&& make) {
  return at_place(node.place(), std::forward<F>(make));
}

}  // namespace shakefield::job
