// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// DummyGMPE of the OpenQuake engine: a stand-in for branches of weight zero. Figures: the engine's
// answers (3.26.2) to calls of its model.

#include "decorator.hpp"

namespace shakefield::gmm {
namespace {

class Dummy final : public GroundMotionModel {
 public:
  Dummy(const ModelSpec& spec, std::span<const Imt> imts) : num_imts_(imts.size()) {
    const Arguments arguments(spec.name, spec.arguments);
    arguments.number("ordinal", 0);  // tells several of them apart in a tree
    arguments.require_known();
    info_.name = spec.name;
    info_.needs = Needs::mag;
    for (const Imt& imt : imts) info_.imts.push_back(imt.kind);
  }

  const ModelInfo& info() const override { return info_; }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    for_each_site(in, out, [&](const Sites& sites) {
      for (std::size_t m = 0; m < num_imts_; ++m) sites.put(m, 0.0, {0.005, 0.003, 0.004});
    });
  }

 private:
  std::size_t num_imts_;
  ModelInfo info_;
};

}  // namespace

Entries dummy() {
  return {decorator_entry(
      "DummyGMPE",
      "Stands for a model in branches of weight zero: mean 0, deviations of almost nothing.",
      [](const ModelSpec& spec, std::span<const Imt> imts) {
        return std::make_unique<const Dummy>(spec, imts);
      })};
}

}  // namespace shakefield::gmm
