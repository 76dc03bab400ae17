// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "shakefield/core/array.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "shakefield/core/error.hpp"

namespace shakefield::core {
namespace {

template <class To>
To read_number(const std::byte* p, Scalar type) {
  const auto as = [p]<class T>(T) {
    T value;
    std::memcpy(&value, p, sizeof(T));
    return static_cast<To>(value);
  };
  switch (type) {
    case Scalar::u8:
      return as(std::uint8_t{});
    case Scalar::u16:
      return as(std::uint16_t{});
    case Scalar::u32:
      return as(std::uint32_t{});
    case Scalar::u64:
      return as(std::uint64_t{});
    case Scalar::i32:
      return as(std::int32_t{});
    case Scalar::i64:
      return as(std::int64_t{});
    case Scalar::f32:
      return as(float{});
    case Scalar::f64:
      return as(double{});
    case Scalar::bytes:
      break;
  }
  throw Error(ErrorKind::data,
              "a text column was read as numbers (its type is a fixed-length string)");
}

template <class To>
std::vector<To> read_column(const Array& array, std::string_view name) {
  const Member& m = array.type().member(name);
  std::vector<To> column(array.rows());
  for (std::size_t i = 0; i < column.size(); ++i)
    column[i] = read_number<To>(array.data() + i * array.type().bytes + m.offset, m.type);
  return column;
}

/// A broken file may claim any shape: its number of bytes must not wrap around.
void expect_addressable(std::size_t row_bytes, const std::vector<std::size_t>& shape) {
  constexpr double most_bytes = 1e15;
  const double bytes = std::accumulate(
      shape.begin(), shape.end(), static_cast<double>(row_bytes),
      [](double product, std::size_t n) { return product * static_cast<double>(n); });
  if (bytes > most_bytes)
    throw Error(ErrorKind::data,
                fmt::format("an array of {:.3g} bytes (no memory holds it), check the file that "
                            "it comes from",
                            bytes));
}

}  // namespace

std::size_t size_of(Scalar type) {
  switch (type) {
    case Scalar::u8:
    case Scalar::bytes:
      return 1;
    case Scalar::u16:
      return 2;
    case Scalar::u32:
    case Scalar::i32:
    case Scalar::f32:
      return 4;
    case Scalar::u64:
    case Scalar::i64:
    case Scalar::f64:
      return 8;
  }
  return 0;
}

RowType& RowType::add(std::string name, Scalar type, std::string units, std::size_t count) {
  members.push_back({std::move(name), type, count, bytes, std::move(units)});
  bytes += members.back().bytes();
  return *this;
}

RowType RowType::plain(Scalar type, std::size_t count) {
  RowType row;
  row.add("", type, "1", count);
  return row;
}

bool RowType::has(std::string_view name) const {
  return std::any_of(members.begin(), members.end(),
                     [&](const Member& m) { return m.name == name; });
}

const Member& RowType::member(std::string_view name) const {
  for (const Member& m : members)
    if (m.name == name) return m;
  std::string known;
  for (const Member& m : members) known += (known.empty() ? "" : ", ") + m.name;
  throw Error(ErrorKind::data, fmt::format("there is no column '{}' (columns: {})", name, known));
}

Array::Array(RowType type, std::vector<std::size_t> shape)
    : type_(std::move(type)), shape_(std::move(shape)) {
  expect_addressable(type_.bytes, shape_);
  bytes_.resize(rows() * type_.bytes);
}

std::size_t Array::rows() const {
  if (shape_.empty()) return 0;
  return std::accumulate(shape_.begin(), shape_.end(), std::size_t{1}, std::multiplies<>());
}

void Array::require_plain(Scalar type) const {
  validate(type_.is_plain() && type_.members.front().type == type, ErrorKind::internal,
           "an array was read as another type than it has");
}

const Member& Array::writable_member(std::string_view name, Scalar type, std::size_t n) const {
  const Member& m = type_.member(name);
  validate(m.type == type && m.count == 1 && n == rows(), ErrorKind::internal,
           fmt::format("column '{}' was written with another type or length than it has", name));
  return m;
}

void Array::set_column(std::string_view name, std::span<const std::string> column) {
  const Member& m = type_.member(name);
  validate(m.type == Scalar::bytes && column.size() == rows(), ErrorKind::internal,
           fmt::format("column '{}' was written with another type or length than it has", name));
  for (std::size_t i = 0; i < column.size(); ++i) {
    std::byte* to = bytes_.data() + i * type_.bytes + m.offset;
    std::memset(to, 0, m.count);
    std::memcpy(to, column[i].data(), std::min(column[i].size(), m.count));
  }
}

std::vector<double> Array::column_f64(std::string_view name) const {
  return read_column<double>(*this, name);
}

std::vector<std::int64_t> Array::column_i64(std::string_view name) const {
  return read_column<std::int64_t>(*this, name);
}

std::vector<std::string> Array::column_text(std::string_view name) const {
  const Member& m = type_.member(name);
  validate(m.type == Scalar::bytes, ErrorKind::data, fmt::format("column '{}' is not text", name));
  std::vector<std::string> column(rows());
  for (std::size_t i = 0; i < column.size(); ++i) {
    const char* from = reinterpret_cast<const char*>(bytes_.data() + i * type_.bytes + m.offset);
    column[i].assign(from, ::strnlen(from, m.count));
  }
  return column;
}

}  // namespace shakefield::core
