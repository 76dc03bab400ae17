// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "packed_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "value.hpp"

namespace shakefield::job {
namespace {

constexpr std::size_t deepest = 200;

[[noreturn]] void fail_damaged(const std::string& what, const core::InputPlace& place = {}) {
  throw core::Error(core::ErrorKind::data,
                    fmt::format("the model file is damaged ({}), convert the job again", what),
                    place);
}

/// Names whose values are texts also where they look like numbers.
bool is_text_name(std::string_view name) {
  constexpr std::array texts{"id",
                             "name",
                             "tectonicRegion",
                             "branchID",
                             "branchSetID",
                             "branchingLevelID",
                             "applyToSources",
                             "applyToBranches",
                             "applyToTectonicRegionType",
                             "indexes"};
  return std::ranges::find(texts, name) != texts.end();
}

class Packer {
 public:
  Packer(Shapes& shapes, PackedValues& values) : shapes_(shapes), values_(values) {}

  std::uint32_t pack(pugi::xml_node element) {
    add_element(element, 0);
    return shapes_.add(shape_);
  }

 private:
  void add_element(pugi::xml_node element, std::size_t depth) {
    if (depth >= deepest)
      throw core::Error(core::ErrorKind::data,
                        fmt::format("elements are nested more than {} deep (NRML is flatter), "
                                    "correct the file",
                                    deepest));
    const std::string_view name = without_prefix(element.name());
    add_slot(name, depth, SlotKind::element, SlotValue::none);
    for (const pugi::xml_attribute attribute : element.attributes())
      if (!std::string_view(attribute.name()).starts_with("xmlns"))
        add_value(attribute.name(), trimmed(attribute.value()), depth + 1, SlotKind::attribute);
    if (const std::string_view text = trimmed(element.text().get()); !text.empty())
      add_value(is_text_name(name) ? name : "", text, depth + 1, SlotKind::text);
    for (const pugi::xml_node child : element.children())
      if (child.type() == pugi::node_element) add_element(child, depth + 1);
  }

  void add_value(std::string_view name, std::string_view text, std::size_t depth, SlotKind kind) {
    const bool is_number = !is_text_name(name) && take_numbers(text);
    const std::string_view slot_name = kind == SlotKind::text ? std::string_view() : name;
    if (!is_number) {
      values_.counts.push_back(static_cast<std::uint32_t>(text.size()));
      values_.bytes += text;
      add_slot(slot_name, depth, kind, SlotValue::text);
    } else if (read_.size() == 1) {
      values_.numbers.push_back(read_.front());
      add_slot(slot_name, depth, kind, SlotValue::number);
    } else {
      values_.counts.push_back(static_cast<std::uint32_t>(read_.size()));
      values_.numbers.insert(values_.numbers.end(), read_.begin(), read_.end());
      add_slot(slot_name, depth, kind, SlotValue::numbers);
    }
  }

  /// Whether a text is numbers separated by blanks; they are in read_ then.
  bool take_numbers(std::string_view text) {
    read_.clear();
    for (std::string_view rest = text; !rest.empty();) {
      const auto end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
      const auto number = plain_number(rest.substr(0, end));
      if (!number) return false;
      read_.push_back(*number);
      rest = trimmed(rest.substr(end));
    }
    return !read_.empty();
  }

  void add_slot(std::string_view name, std::size_t depth, SlotKind kind, SlotValue value) {
    shape_.push_back({shapes_.name_number(name), static_cast<std::uint16_t>(depth), kind, value});
  }

  Shapes& shapes_;
  PackedValues& values_;
  std::vector<Slot> shape_;
  std::vector<double> read_;
};

/// Whether slots are in document order: an element first, and each one in an element.
bool is_shape(std::span<const Slot> slots, std::size_t names) {
  if (slots.empty() || slots[0].depth != 0) return false;
  std::size_t element_depth = 0;
  bool may_have_values = false;  // attributes and texts follow their element at once
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const Slot& s = slots[i];
    const bool is_element = s.kind == SlotKind::element;
    if (s.name >= names || s.kind > SlotKind::text || s.value > SlotValue::text ||
        is_element != (s.value == SlotValue::none) || s.depth >= deepest + 1)
      return false;
    if (is_element) {
      if (i > 0 && (s.depth == 0 || s.depth > element_depth + 1)) return false;
      element_depth = s.depth;
      may_have_values = true;
    } else {
      if (i == 0 || !may_have_values || s.depth != element_depth + 1) return false;
      may_have_values = s.kind == SlotKind::attribute;
    }
  }
  return slots[0].kind == SlotKind::element;
}

}  // namespace

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::optional<double> plain_number(std::string_view word) {
  constexpr std::size_t longest = 25;
  double x = 0;
  const std::string_view digits = word.substr(word.starts_with('-') ? 1 : 0);
  const bool has_leading_zero = digits.size() > 1 && digits[0] == '0' && std::isdigit(digits[1]);
  if (word.size() > longest || word.starts_with('+') || has_leading_zero ||
      !parse_number(word, x) || !std::isfinite(x))
    return std::nullopt;
  return x;
}

Shapes::Shapes(std::vector<std::string> names, std::vector<Slot> slots,
               std::vector<std::uint32_t> first)
    : names_(std::move(names)), slots_(std::move(slots)), first_(std::move(first)) {
  if (names_.empty() || first_.empty() || first_.front() != 0 || first_.back() != slots_.size() ||
      !std::ranges::is_sorted(first_))
    fail_damaged("the index of shapes is wrong");
  for (std::size_t i = 0; i < size(); ++i)
    if (!is_shape(shape(i), names_.size())) fail_damaged(fmt::format("shape {} is none", i));
}

std::uint32_t Shapes::name_number(std::string_view name) {
  const auto found = number_of_.find(name);
  if (found != number_of_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(names_.size());
  names_.emplace_back(name);
  number_of_.emplace(name, number);
  return number;
}

std::uint32_t Shapes::add(const std::vector<Slot>& shape) {
  const auto [known, is_new] = known_.try_emplace(shape, static_cast<std::uint32_t>(size()));
  if (is_new) {
    slots_.insert(slots_.end(), shape.begin(), shape.end());
    first_.push_back(static_cast<std::uint32_t>(slots_.size()));
  }
  return known->second;
}

std::uint32_t pack(pugi::xml_node element, Shapes& shapes, PackedValues& values) {
  return Packer(shapes, values).pack(element);
}

void PackedElement::turn_to(const Shapes& shapes, std::size_t shape, const PackedView& values,
                            core::InputPlace place) {
  if (shape >= shapes.size()) fail_damaged("there is no shape of this number", place);
  shapes_ = &shapes;
  slots_ = shapes.shape(shape);
  values_ = values;
  place_ = std::move(place);
  ranges_.assign(slots_.size(), {});
  std::size_t numbers = 0, counts = 0, bytes = 0;
  for (std::size_t s = 0; s < slots_.size(); ++s) {
    const SlotValue value = slots_[s].value;
    if (value == SlotValue::none) continue;
    std::size_t& at = value == SlotValue::text ? bytes : numbers;
    std::size_t count = 1;
    if (value != SlotValue::number) {
      if (counts >= values.counts.size()) fail_damaged("a list has no length", place_);
      count = values.counts[counts++];
    }
    ranges_[s] = {at, count};
    at += count;
  }
  if (numbers != values.numbers.size() || counts != values.counts.size() ||
      bytes != values.bytes.size())
    fail_damaged("the values of an element do not fit its shape", place_);
  if (!std::ranges::all_of(values.numbers, [](double x) { return std::isfinite(x); }))
    fail_damaged("a value is not finite", place_);
}

std::size_t PackedElement::behind(std::size_t slot) const {
  std::size_t end = slot + 1;
  while (end < slots_.size() && slots_[end].depth > slots_[slot].depth) ++end;
  return end;
}

std::optional<std::size_t> PackedElement::text_of(std::size_t slot) const {
  for (std::size_t s = slot + 1; s < slots_.size() && slots_[s].kind != SlotKind::element; ++s)
    if (slots_[s].kind == SlotKind::text) return s;
  return std::nullopt;
}

std::span<const double> PackedElement::numbers(std::size_t slot) const {
  const SlotValue value = slots_[slot].value;
  if (value != SlotValue::number && value != SlotValue::numbers) return {};
  return values_.numbers.subspan(ranges_[slot].first, ranges_[slot].count);
}

std::string PackedElement::text(std::size_t slot) const {
  if (slots_[slot].value == SlotValue::text)
    return std::string(values_.bytes.substr(ranges_[slot].first, ranges_[slot].count));
  std::string text;
  for (const double x : numbers(slot)) fmt::format_to(std::back_inserter(text), " {}", x);
  return text.empty() ? text : text.substr(1);
}

namespace {

/// Elements that NRML takes from GML.
bool is_gml(std::string_view name) {
  constexpr std::array gml{"Point",   "pos",      "posList",   "LineString",
                           "Polygon", "exterior", "LinearRing"};
  return std::ranges::find(gml, name) != gml.end();
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        out += c;
    }
}

class XmlWriter {
 public:
  explicit XmlWriter(const PackedElement& element) : element_(element) {}

  void write(std::size_t slot, std::size_t indent, std::string_view namespaces = {}) {
    const std::string& plain = element_.name(slot);
    const std::string name = is_gml(plain) ? "gml:" + plain : plain;
    out.append(indent, ' ') += '<' + name;
    out += namespaces;
    std::size_t s = slot + 1;
    const std::size_t end = element_.behind(slot);
    for (; s < end && element_.slots()[s].kind == SlotKind::attribute; ++s) {
      out += ' ' + element_.name(s) + "=\"";
      append_escaped(out, element_.text(s));
      out += '"';
    }
    if (s == end) {
      out += "/>\n";
      return;
    }
    out += '>';
    if (element_.slots()[s].kind == SlotKind::text) append_escaped(out, element_.text(s++));
    if (s < end) {
      out += '\n';
      for (; s < end; s = element_.behind(s)) write(s, indent + 2);
      out.append(indent, ' ');
    }
    out += "</" + name + ">\n";
  }

  std::string out;

 private:
  const PackedElement& element_;
};

}  // namespace

std::string to_xml(const PackedElement& element, std::size_t indent, std::string_view namespaces) {
  XmlWriter writer(element);
  writer.write(0, indent, namespaces);
  return std::move(writer.out);
}

}  // namespace shakefield::job
