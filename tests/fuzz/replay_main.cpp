// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Stands in for libFuzzer where the compiler has none: runs all files of a folder, then as many
// inputs as asked for that are made from them by a few random changes each, the same in every run.
//   fuzz_READER FOLDER [MUTATIONS]
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
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

  /// Changes, removes, repeats a part, or puts one of another input there.
  void change(Input& input) {
    if (input.empty()) return;
    const std::size_t first = below(input.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(input.size() - first, 40));
    const auto begin = input.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = begin + static_cast<std::ptrdiff_t>(length);
    switch (below(4)) {
      case 0:
        *begin = static_cast<std::uint8_t>(below(256));
        break;
      case 1:
        input.erase(begin, end);
        break;
      case 2: {
        const Input part(begin, end);
        input.insert(begin, part.begin(), part.end());
        break;
      }
      default: {
        const Input& other = any_of_corpus();
        const std::size_t from = other.empty() ? 0 : below(other.size());
        const std::size_t count = std::min(length, other.size() - from);
        std::copy_n(other.begin() + static_cast<std::ptrdiff_t>(from), count, begin);
      }
    }
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
