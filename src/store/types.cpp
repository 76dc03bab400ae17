// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "types.hpp"

#include <fmt/format.h>

#include <functional>
#include <numeric>
#include <vector>

#include "shakefield/core/error.hpp"

namespace shakefield::store {
namespace {

using core::Member;
using core::Scalar;

hid_t native_type(Scalar type) {
  switch (type) {
    case Scalar::u8:
      return H5T_NATIVE_UINT8;
    case Scalar::u16:
      return H5T_NATIVE_UINT16;
    case Scalar::u32:
      return H5T_NATIVE_UINT32;
    case Scalar::u64:
      return H5T_NATIVE_UINT64;
    case Scalar::i32:
      return H5T_NATIVE_INT32;
    case Scalar::i64:
      return H5T_NATIVE_INT64;
    case Scalar::f32:
      return H5T_NATIVE_FLOAT;
    case Scalar::f64:
      return H5T_NATIVE_DOUBLE;
    case Scalar::bytes:
      break;
  }
  return H5T_C_S1;
}

Handle make_member_type(const Member& member, const std::string& deed) {
  core::validate(member.count > 0, core::ErrorKind::internal,
                 fmt::format("cannot {} (member '{}' has no element), give it one at least", deed,
                             member.name));
  if (member.type == Scalar::bytes) return make_text_type(member.count, deed);
  const hid_t element = native_type(member.type);
  if (member.count == 1) return Handle(H5Tcopy(element), H5Tclose, deed);
  const hsize_t count = member.count;
  return Handle(H5Tarray_create2(element, 1, &count), H5Tclose, deed);
}

Scalar integer_scalar(hid_t type) {
  const std::size_t bytes = H5Tget_size(type);
  if (H5Tget_sign(type) != H5T_SGN_NONE) return bytes <= 4 ? Scalar::i32 : Scalar::i64;
  return bytes == 1   ? Scalar::u8
         : bytes == 2 ? Scalar::u16
         : bytes <= 4 ? Scalar::u32
                      : Scalar::u64;
}

/// Type and count of a member; name, offset and units stay open.
Member member_of(hid_t type, const std::string& deed) {
  Member member;
  switch (H5Tget_class(type)) {
    case H5T_INTEGER:
      member.type = integer_scalar(type);
      return member;
    case H5T_ENUM: {
      const Handle base(H5Tget_super(type), H5Tclose, deed);
      member.type = integer_scalar(base.id());
      return member;
    }
    case H5T_FLOAT:
      member.type = H5Tget_size(type) <= 4 ? Scalar::f32 : Scalar::f64;
      return member;
    case H5T_STRING:
      if (H5Tis_variable_str(type) > 0) break;
      member.type = Scalar::bytes;
      member.count = H5Tget_size(type);
      return member;
    case H5T_ARRAY: {
      std::vector<hsize_t> shape(static_cast<std::size_t>(check(H5Tget_array_ndims(type), deed)));
      check(H5Tget_array_dims2(type, shape.data()), deed);
      const Handle base(H5Tget_super(type), H5Tclose, deed);
      member = member_of(base.id(), deed);
      if (member.type == Scalar::bytes) break;
      member.count = std::accumulate(shape.begin(), shape.end(), member.count, std::multiplies<>());
      return member;
    }
    default:
      break;
  }
  throw core::Error(
      core::ErrorKind::data,
      fmt::format("cannot {} (its type is not one that shakefield reads: numbers, "
                  "fixed-length strings, arrays of numbers), store it as one of these",
                  deed));
}

}  // namespace

Handle make_text_type(std::size_t length, const std::string& deed) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, deed);
  check(H5Tset_size(type.id(), length), deed);
  check(H5Tset_strpad(type.id(), H5T_STR_NULLPAD), deed);
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), deed);
  return type;
}

Handle make_type(const core::RowType& row, const std::string& deed) {
  core::validate(!row.members.empty(), core::ErrorKind::internal,
                 fmt::format("cannot {} (a row has no members), add one at least", deed));
  if (row.is_plain()) return make_member_type(row.members.front(), deed);
  Handle type(H5Tcreate(H5T_COMPOUND, row.bytes), H5Tclose, deed);
  for (const Member& member : row.members)
    check(H5Tinsert(type.id(), member.name.c_str(), member.offset,
                    make_member_type(member, deed).id()),
          deed);
  return type;
}

core::RowType row_of(hid_t type, const std::string& deed) {
  core::RowType row;
  if (H5Tget_class(type) != H5T_COMPOUND) {
    const Member member = member_of(type, deed);
    row.add("", member.type, "1", member.count);
    return row;
  }
  const auto members = static_cast<unsigned>(check(H5Tget_nmembers(type), deed));
  for (unsigned i = 0; i < members; ++i) {
    const Handle member_type(H5Tget_member_type(type, i), H5Tclose, deed);
    const Member member = member_of(member_type.id(), deed);
    char* name = H5Tget_member_name(type, i);
    row.add(name ? name : "", member.type, "1", member.count);
    H5free_memory(name);
  }
  return row;
}

}  // namespace shakefield::store
