// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "file_impl.hpp"
#include "shakefield/core/error.hpp"
#include "types.hpp"

namespace shakefield::store {
namespace {

using core::AttributeValue;

void write_values(hid_t object, const std::string& name, hid_t type, hid_t space, const void* data,
                  const std::string& deed) {
  const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose, deed);
  if (H5Sget_simple_extent_npoints(space) > 0) check(H5Awrite(attribute.id(), type, data), deed);
}

/// Texts one behind the other, each padded with zeros to the same length.
struct PaddedTexts {
  std::size_t length = 1;
  std::vector<char> bytes;

  explicit PaddedTexts(std::span<const std::string> texts) {
    for (const std::string& text : texts) length = std::max(length, text.size());
    bytes.resize(length * std::max<std::size_t>(texts.size(), 1));
    for (std::size_t i = 0; i < texts.size(); ++i)
      std::copy(texts[i].begin(), texts[i].end(), bytes.data() + i * length);
  }
};

/// Writes one attribute; its kind of value decides type and dataspace.
struct Writer {
  hid_t object;
  const std::string& name;
  const std::string& deed;

  void operator()(std::int64_t value) const {
    write_values(object, name, H5T_NATIVE_INT64, scalar().id(), &value, deed);
  }
  void operator()(double value) const {
    write_values(object, name, H5T_NATIVE_DOUBLE, scalar().id(), &value, deed);
  }
  void operator()(const std::string& value) const { write_texts(std::span(&value, 1), scalar()); }
  void operator()(const std::vector<std::int64_t>& values) const {
    write_values(object, name, H5T_NATIVE_INT64, list(values.size()).id(), values.data(), deed);
  }
  void operator()(const std::vector<double>& values) const {
    write_values(object, name, H5T_NATIVE_DOUBLE, list(values.size()).id(), values.data(), deed);
  }
  void operator()(const std::vector<std::string>& values) const {
    write_texts(values, list(values.size()));
  }

 private:
  void write_texts(std::span<const std::string> texts, const Handle& space) const {
    const PaddedTexts padded(texts);
    const Handle type = make_text_type(padded.length, deed);
    write_values(object, name, type.id(), space.id(), padded.bytes.data(), deed);
  }
  Handle scalar() const { return Handle(H5Screate(H5S_SCALAR), H5Sclose, deed); }
  Handle list(hsize_t size) const {
    return Handle(H5Screate_simple(1, &size, nullptr), H5Sclose, deed);
  }
};

template <class T>
std::vector<T> read_numbers(hid_t attribute, hid_t type, std::size_t count,
                            const std::string& deed) {
  std::vector<T> values(count);
  if (count > 0) check(H5Aread(attribute, type, values.data()), deed);
  return values;
}

std::vector<std::string> read_texts(hid_t attribute, hid_t type, std::size_t count,
                                    const std::string& deed) {
  std::vector<std::string> texts(count);
  if (count == 0) return texts;
  if (H5Tis_variable_str(type) > 0) {
    std::vector<char*> pointers(count, nullptr);
    check(H5Aread(attribute, type, pointers.data()), deed);
    for (std::size_t i = 0; i < count; ++i) {
      if (pointers[i]) texts[i] = pointers[i];
      H5free_memory(pointers[i]);
    }
    return texts;
  }
  const std::size_t length = H5Tget_size(type);
  std::vector<char> bytes(length * count);
  check(H5Aread(attribute, type, bytes.data()), deed);
  for (std::size_t i = 0; i < count; ++i) {
    texts[i].assign(bytes.data() + i * length, length);
    texts[i].erase(texts[i].find_last_not_of('\0') + 1);
  }
  return texts;
}

template <class T>
AttributeValue one_or_list(std::vector<T> values, bool is_scalar) {
  if (is_scalar && values.size() == 1) return std::move(values.front());
  return values;
}

/// Nothing for types that an AttributeValue cannot hold; other programs may have put them there.
std::optional<AttributeValue> read_value(hid_t attribute, const std::string& deed) {
  const Handle type(H5Aget_type(attribute), H5Tclose, deed);
  const Handle space(H5Aget_space(attribute), H5Sclose, deed);
  const bool is_scalar = H5Sget_simple_extent_type(space.id()) == H5S_SCALAR;
  const auto count =
      static_cast<std::size_t>(check(H5Sget_simple_extent_npoints(space.id()), deed));
  constexpr std::size_t most_bytes = std::size_t{1} << 28;  // far more than any attribute has
  core::validate(
      count <= most_bytes / std::max<std::size_t>(8, H5Tget_size(type.id())), core::ErrorKind::data,
      fmt::format("cannot {} (an attribute claims {} values), check the file", deed, count));
  switch (H5Tget_class(type.id())) {
    case H5T_INTEGER:
      return one_or_list(read_numbers<std::int64_t>(attribute, H5T_NATIVE_INT64, count, deed),
                         is_scalar);
    case H5T_FLOAT:
      return one_or_list(read_numbers<double>(attribute, H5T_NATIVE_DOUBLE, count, deed),
                         is_scalar);
    case H5T_STRING:
      return one_or_list(read_texts(attribute, type.id(), count, deed), is_scalar);
    default:
      return std::nullopt;
  }
}

}  // namespace

core::Attributes with_units(core::Attributes attributes, const core::RowType& row) {
  if (attributes.contains("units")) return attributes;
  if (row.is_plain()) {
    attributes["units"] = row.members.front().units;
    return attributes;
  }
  std::vector<std::string> units;
  for (const core::Member& member : row.members) units.push_back(member.units);
  attributes["units"] = std::move(units);
  return attributes;
}

void write_attributes_of(hid_t object, const core::Attributes& attributes,
                         const std::string& deed) {
  for (const auto& [name, value] : attributes) {
    if (check(H5Aexists(object, name.c_str()), deed)) check(H5Adelete(object, name.c_str()), deed);
    std::visit(Writer{object, name, deed}, value);
  }
}

core::Attributes read_attributes_of(hid_t object, const std::string& deed) {
  std::vector<std::string> names;
  check(H5Aiterate2(
            object, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr,
            [](hid_t, const char* name, const H5A_info_t*, void* to) -> herr_t {
              static_cast<std::vector<std::string>*>(to)->emplace_back(name);
              return 0;
            },
            &names),
        deed);
  core::Attributes attributes;
  for (const std::string& name : names) {
    const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, deed);
    if (auto value = read_value(attribute.id(), deed)) attributes[name] = std::move(*value);
  }
  return attributes;
}

core::Attributes read_attributes(const File& file, std::string_view path) {
  const std::string what = deed("read the attributes", path, file.path());
  return read_attributes_of(open_object(file, path, what).id(), what);
}

void write_attributes(File& file, std::string_view path, const core::Attributes& attributes) {
  const std::string what = deed("write the attributes", path, file.path());
  if (!exists(file, path)) {
    const Handle links = make_links(what);
    Handle(H5Gcreate2(file.impl().id(), std::string(path).c_str(), links.id(), H5P_DEFAULT,
                      H5P_DEFAULT),
           H5Gclose, what);
  }
  write_attributes_of(open_object(file, path, what).id(), attributes, what);
}

void write_variable_text(File& file, std::string_view path, const std::string& name,
                         const std::string& text) {
  const std::string what = deed("write the attribute " + name, path, file.path());
  const Handle object = open_object(file, path, what);
  if (check(H5Aexists(object.id(), name.c_str()), what))
    check(H5Adelete(object.id(), name.c_str()), what);
  const Handle type = make_text_type(H5T_VARIABLE, what);
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, what);
  const char* const value = text.c_str();
  write_values(object.id(), name, type.id(), space.id(), &value, what);
}

}  // namespace shakefield::store
