// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Stands in for libFuzzer where the compiler has none: runs all files of a folder, then as many
// inputs as asked for that are made from them by a few random changes each, the same in every run.
//   fuzz_READER FOLDER [MUTATIONS]
#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

#include "answers.hpp"

namespace {

using Input = std::vector<std::uint8_t>;

std::vector<Input> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files(std::filesystem::directory_iterator(folder), {});
  std::ranges::sort(files);
  std::vector<Input> corpus;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return corpus;
}

class Mutator {
 public:
  explicit Mutator(const std::vector<Input>& corpus) : corpus_(corpus) {}

  Input next() {
    Input input = any_of_corpus();
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(input);
    return input;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  const Input& any_of_corpus() { return corpus_[below(corpus_.size())]; }

  /// Mostly exchanges words, which leaves marks and brackets whole; else breaks anything.
  void change(Input& input) {
    if (input.empty()) return;
    if (below(4) > 0) {
      const auto [first, count] = word_of(input);
      const Input word = other_word();
      const auto at = input.begin() + static_cast<std::ptrdiff_t>(first);
      input.insert(input.erase(at, at + static_cast<std::ptrdiff_t>(count)), word.begin(),
                   word.end());
      return;
    }
    const std::size_t first = below(input.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(input.size() - first, 40));
    const auto begin = input.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = begin + static_cast<std::ptrdiff_t>(length);
    switch (below(3)) {
      case 0:
        *begin = static_cast<std::uint8_t>(below(256));
        break;
      case 1:
        input.erase(begin, end);
        break;
      default:
        const Input part(begin, end);
        input.insert(begin, part.begin(), part.end());
    }
  }

  /// First byte and length of a word or number at or behind a random place; none at the end.
  std::pair<std::size_t, std::size_t> word_of(const Input& input) {
    const auto is_in_word = [](std::uint8_t c) {
      return std::isalnum(c) || c == '.' || c == '_' || c == '-';
    };
    auto begin = input.begin() + static_cast<std::ptrdiff_t>(below(input.size()));
    while (begin != input.begin() && is_in_word(*(begin - 1))) --begin;
    begin = std::find_if(begin, input.end(), is_in_word);
    const auto end = std::find_if_not(begin, input.end(), is_in_word);
    return {static_cast<std::size_t>(begin - input.begin()), static_cast<std::size_t>(end - begin)};
  }
  Input other_word() {
    constexpr std::array<std::string_view, 10> numbers{"0",   "-1",   "1e300", "1e-300", "inf",
                                                       "nan", "6371", "180",   "-90",    ""};
    if (below(3) == 0) {
      const std::string_view number = numbers[below(numbers.size())];
      return {number.begin(), number.end()};
    }
    const Input& other = any_of_corpus();
    if (other.empty()) return {};
    const auto [first, count] = word_of(other);
    const auto at = other.begin() + static_cast<std::ptrdiff_t>(first);
    return {at, at + static_cast<std::ptrdiff_t>(count)};
  }

  const std::vector<Input>& corpus_;
  std::mt19937_64 engine_{1};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: " << argv[0] << " FOLDER [MUTATIONS]\n";
    return 2;
  }
  const std::vector<Input> corpus = read_corpus(argv[1]);
  if (corpus.empty()) {
    std::cerr << argv[1] << " holds no input\n";
    return 2;
  }
  for (const Input& input : corpus) LLVMFuzzerTestOneInput(input.data(), input.size());
  Mutator mutator(corpus);
  for (unsigned long left = argc > 2 ? std::stoul(argv[2]) : 0; left > 0; --left) {
    const Input input = mutator.next();
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
}
