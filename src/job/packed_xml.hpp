// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shakefield/core/error.hpp"

namespace shakefield::job {

/// A name without the prefix of its namespace.
std::string_view without_prefix(std::string_view name);

/// The word as a number, unless it is written in a way that a number would not keep ("007", "+1").
std::optional<double> plain_number(std::string_view word);

// Elements of NRML without their markup: what they are made of (a shape, which a million point
// sources share) apart from the values. No element is lost, known or not; comments are.

enum class SlotKind : std::uint8_t { element, attribute, text };
enum class SlotValue : std::uint8_t { none, number, numbers, text };

/// An element, attribute or text of a shape. Slots are in document order: an element, its
/// attributes, its text, its children.
struct Slot {
  std::uint32_t name = 0;   ///< number of the name; 0, the empty one, for texts
  std::uint16_t depth = 0;  ///< of the element 0, of all that stands in it one more
  SlotKind kind = SlotKind::element;
  SlotValue value = SlotValue::none;

  friend auto operator<=>(const Slot&, const Slot&) = default;
};

/// Distinct shapes and the names in them.
class Shapes {
 public:
  Shapes() { name_number(""); }
  /// Of shapes as they were stored: `first` [shapes + 1] is where each one begins in `slots`.
  /// Throws Error{data} if they are no shapes.
  Shapes(std::vector<std::string> names, std::vector<Slot> slots, std::vector<std::uint32_t> first);

  std::uint32_t name_number(std::string_view name);
  std::uint32_t add(const std::vector<Slot>& shape);
  std::size_t size() const { return first_.size() - 1; }
  std::span<const Slot> shape(std::size_t number) const {
    return std::span(slots_).subspan(first_[number], first_[number + 1] - first_[number]);
  }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<Slot>& slots() const { return slots_; }
  const std::vector<std::uint32_t>& first() const { return first_; }

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t, std::less<>> number_of_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> first_{0};
  std::map<std::vector<Slot>, std::uint32_t> known_;
};

/// Values of elements, those of one behind those of the other.
struct PackedValues {
  std::vector<double> numbers;
  std::vector<std::uint32_t> counts;  ///< of the numbers of a list, of the bytes of a text
  std::string bytes;                  ///< of texts
};
/// Values of one element.
struct PackedView {
  std::span<const double> numbers;
  std::span<const std::uint32_t> counts;
  std::string_view bytes;
};

/// Adds the values of an element and of all that is in it; returns the number of its shape. Names
/// of elements lose their prefixes. Throws Error{data} if elements are nested too deeply.
std::uint32_t pack(pugi::xml_node element, Shapes& shapes, PackedValues& values);

/// An element to be read: its shape and its values brought together. May be turned from one element
/// to the next.
class PackedElement {
 public:
  /// `shapes` must live as long as the element. Throws Error{data} if the values do not fit the
  /// shape.
  void turn_to(const Shapes& shapes, std::size_t shape, const PackedView& values,
               core::InputPlace place);

  std::span<const Slot> slots() const { return slots_; }
  const std::string& name(std::size_t slot) const { return shapes_->names()[slots_[slot].name]; }
  /// Slots from which one goes on behind the element at `slot`.
  std::size_t behind(std::size_t slot) const;
  /// The text slot of the element at `slot`, if it has one.
  std::optional<std::size_t> text_of(std::size_t slot) const;
  /// Values that are numbers, as such; empty for texts.
  std::span<const double> numbers(std::size_t slot) const;
  /// Any value as a text.
  std::string text(std::size_t slot) const;
  const core::InputPlace& place() const { return place_; }

 private:
  const Shapes* shapes_ = nullptr;
  std::span<const Slot> slots_;
  struct Range {
    std::size_t first = 0, count = 0;
  };
  std::vector<Range> ranges_;  ///< [slots] of numbers or bytes
  PackedView values_;
  core::InputPlace place_;
};

/// NRML text of an element with all below it. `indent`: blanks before its first line; `namespaces`:
/// attributes added to the element.
std::string to_xml(const PackedElement& element, std::size_t indent,
                   std::string_view namespaces = {});

}  // namespace shakefield::job
