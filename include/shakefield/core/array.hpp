// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace shakefield::core {

/// Element types that an Array can hold; fixed-length strings are `bytes` with a size.
enum class Scalar : std::uint8_t { u8, u16, u32, u64, i32, i64, f32, f64, bytes };

/// Bytes of one element of this type (1 for `bytes`: multiply with the string's length).
std::size_t size_of(Scalar type);

template <class T>
constexpr Scalar scalar_of() {
  if constexpr (std::is_same_v<T, std::uint8_t> || std::is_same_v<T, bool>)
    return Scalar::u8;
  else if constexpr (std::is_same_v<T, std::uint16_t>)
    return Scalar::u16;
  else if constexpr (std::is_same_v<T, std::uint32_t>)
    return Scalar::u32;
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return Scalar::u64;
  else if constexpr (std::is_same_v<T, std::int32_t>)
    return Scalar::i32;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return Scalar::i64;
  else if constexpr (std::is_same_v<T, float>)
    return Scalar::f32;
  else if constexpr (std::is_same_v<T, double>)
    return Scalar::f64;
  else
    static_assert(!sizeof(T), "not a type that an Array can hold");
}

/// One member of a structured row: name, type, how many elements, byte offset in the row, unit.
struct Member {
  std::string name;
  Scalar type = Scalar::f64;
  std::size_t count = 1;   ///< elements (a small vector), or the length of a fixed-length string
  std::size_t offset = 0;  ///< bytes from the start of the row
  std::string units;       ///< "km", "g", "1" …

  std::size_t bytes() const { return size_of(type) * count; }
  friend bool operator==(const Member&, const Member&) = default;
};

/// Layout of the rows of an Array. A plain array is a row with one unnamed member.
struct RowType {
  std::vector<Member> members;
  std::size_t bytes = 0;

  /// Appends a member behind the last one, without padding.
  RowType& add(std::string name, Scalar type, std::string units = "1", std::size_t count = 1);
  static RowType plain(Scalar type, std::size_t count = 1);
  bool is_plain() const { return members.size() == 1 && members.front().name.empty(); }
  /// Position of a member; throws Error{data} that lists the members if there is none of this name.
  const Member& member(std::string_view name) const;
  bool has(std::string_view name) const;
  friend bool operator==(const RowType&, const RowType&) = default;
};

/// A dense, row-major array of plain or structured rows: what objects turn into to be stored.
/// Local; knows nothing of files.
class Array {
 public:
  Array() = default;
  /// Zeros. Throws Error{data} for a shape that no memory holds, as broken files claim.
  Array(RowType type, std::vector<std::size_t> shape);

  /// [N] plain array that copies the values.
  template <class T>
  static Array of(std::span<const T> values, std::vector<std::size_t> shape = {}) {
    if (shape.empty()) shape = {values.size()};
    Array a(RowType::plain(scalar_of<std::remove_const_t<T>>()), std::move(shape));
    std::memcpy(a.data(), values.data(), values.size_bytes());
    return a;
  }

  const RowType& type() const { return type_; }
  const std::vector<std::size_t>& shape() const { return shape_; }
  std::size_t rows() const;  ///< product of the shape
  std::byte* data() { return bytes_.data(); }
  const std::byte* data() const { return bytes_.data(); }
  std::size_t size_bytes() const { return bytes_.size(); }

  /// The values of a plain array. Throws Error{internal} if the type differs.
  template <class T>
  std::span<const T> values() const {
    require_plain(scalar_of<T>());
    return {reinterpret_cast<const T*>(bytes_.data()), bytes_.size() / sizeof(T)};
  }
  /// Copies one member of all rows into / out of a column (converting number types on reading).
  template <class T>
  void set_column(std::string_view name, std::span<const T> column) {
    const Member& m = writable_member(name, scalar_of<T>(), column.size());
    for (std::size_t i = 0; i < column.size(); ++i)
      std::memcpy(bytes_.data() + i * type_.bytes + m.offset, &column[i], sizeof(T));
  }
  void set_column(std::string_view name, std::span<const std::string> column);
  std::vector<double> column_f64(std::string_view name) const;
  std::vector<std::int64_t> column_i64(std::string_view name) const;
  std::vector<std::string> column_text(std::string_view name) const;

 private:
  void require_plain(Scalar type) const;
  const Member& writable_member(std::string_view name, Scalar type, std::size_t rows) const;

  RowType type_;
  std::vector<std::size_t> shape_;
  std::vector<std::byte> bytes_;
};

/// Attributes of a dataset or a group.
using AttributeValue = std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>,
                                    std::vector<double>, std::vector<std::string>>;
using Attributes = std::map<std::string, AttributeValue, std::less<>>;

}  // namespace shakefield::core
