// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "shakefield/store/file.hpp"

// HDF5 files for readers, made from lines of text, so that what is changed at random is what our
// readers get to see and not what the library checks (or does not: see README.md). A line is a
// dataset:
//   np/slice u32 2 2 : 0 3 3 5
// Path, type (u8, u32, u64, i64, f32, f64, text), shape, values; missing values are 0.
namespace shakefield::fuzz {

inline constexpr std::size_t most_elements = 10'000;

/// Shape of a dataset of at most `most_elements`; what stands before the colon.
inline std::vector<std::size_t> shape_of(std::istringstream& words) {
  std::vector<std::size_t> shape;
  std::size_t elements = 1;
  for (std::string word; words >> word && word != ":";) {
    shape.push_back(std::strtoul(word.c_str(), nullptr, 10) % (most_elements + 1));
    elements *= std::max<std::size_t>(shape.back(), 1);
    if (elements > most_elements || shape.size() > 4) return {};
  }
  return shape;
}

template <class T>
core::Array numbers(std::istringstream& words, const std::vector<std::size_t>& shape) {
  core::Array array(core::RowType::plain(core::scalar_of<T>()), shape);
  auto* to = reinterpret_cast<T*>(array.data());
  std::string word;
  for (std::size_t i = 0; i < array.rows() && words >> word; ++i) {
    if constexpr (std::is_floating_point_v<T>)
      to[i] = static_cast<T>(std::strtod(word.c_str(), nullptr));
    else
      to[i] = static_cast<T>(std::strtoull(word.c_str(), nullptr, 10));
  }
  return array;
}

/// Texts of fixed length; '_' stands for a blank.
inline core::Array texts(std::istringstream& words, const std::vector<std::size_t>& shape) {
  constexpr std::size_t length = 16;
  core::Array array(core::RowType::plain(core::Scalar::bytes, length), shape);
  std::string word;
  for (std::size_t i = 0; i < array.rows() && words >> word; ++i) {
    std::ranges::replace(word, '_', ' ');
    std::copy_n(word.data(), std::min(word.size(), length),
                reinterpret_cast<char*>(array.data()) + i * length);
  }
  return array;
}

/// Writes all lines that make sense.
inline void write_hdf5(std::string_view text, const std::filesystem::path& path) {
  store::File file = store::File::create(path, true);
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, type;
    words >> name >> type;
    const std::vector<std::size_t> shape = shape_of(words);
    if (shape.empty()) continue;
    core::Array array;
    if (type == "u8") array = numbers<std::uint8_t>(words, shape);
    if (type == "u32") array = numbers<std::uint32_t>(words, shape);
    if (type == "u64") array = numbers<std::uint64_t>(words, shape);
    if (type == "i64") array = numbers<std::int64_t>(words, shape);
    if (type == "f32") array = numbers<float>(words, shape);
    if (type == "f64") array = numbers<double>(words, shape);
    if (type == "text") array = texts(words, shape);
    if (array.shape().empty()) continue;
    try {
      store::write_array(file, name, array);
    } catch (const core::Error&) {
      continue;  // a path that is there already, or none
    }
  }
  file.close();
}

}  // namespace shakefield::fuzz
