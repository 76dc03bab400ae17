// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// SplitSigmaGMPE of the OpenQuake engine: splits the total deviation of a model into its parts.
// Definition: the engine's manual (API, mgmpe) and its answers (3.26.2) to calls of its model.

#include "decorator.hpp"

namespace shakefield::gmm {
namespace {

constexpr std::string_view own_arguments[] = {"within_absolute", "between_absolute"};

class SplitSigma final : public GroundMotionModel {
 public:
  SplitSigma(const ModelSpec& spec, std::span<const Imt> imts)
      : inner_(make_model(model_named(spec, own_arguments), imts)),
        num_imts_(imts.size()),
        info_(decorated(inner_->info(), spec.name)) {
    const Arguments arguments(spec.name, only(spec, own_arguments).arguments);
    within_ = arguments.number("within_absolute", 0);
    between_ = arguments.number("between_absolute", 0);
    core::validate(within_ > 0 || between_ > 0, core::ErrorKind::config,
                   fmt::format("{} has neither within_absolute nor between_absolute above 0 (it "
                               "needs one), add one",
                               spec.name));
    info_.std_defined = StdDefined::between_within_total;
  }

  const ModelInfo& info() const override { return info_; }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    inner_->evaluate(in, out);
    // Where both are given, the between-event one holds, as in the engine.
    const bool between_given = between_ > 0;
    const double given = between_given ? between_ : within_;
    for_each_site(in, out, [&](const Sites& sites) {
      for (std::size_t m = 0; m < num_imts_; ++m) {
        const Moments x = Moments::load(out, m, sites.first());
        core::validate(all(x.sd.sigma >= given), core::ErrorKind::config,
                       fmt::format("{}: {}_absolute = {} is above a total standard deviation of "
                                   "the model, give a smaller one",
                                   info_.name, between_given ? "between" : "within", given));
        const Real other = sqrt(square(x.sd.sigma) - square(given));
        sites.put(
            m, x.mean,
            {x.sd.sigma, between_given ? Real(given) : other, between_given ? other : Real(given)});
      }
    });
  }

 private:
  std::unique_ptr<const GroundMotionModel> inner_;
  std::size_t num_imts_;
  ModelInfo info_;
  double within_ = 0, between_ = 0;
};

}  // namespace

Entries split_sigma() {
  return {decorator_entry(
      "SplitSigmaGMPE",
      "gmpe_name, within_absolute or between_absolute: gives a model of total deviation its parts; "
      "the other part is what the total leaves.",
      [](const ModelSpec& spec, std::span<const Imt> imts) {
        return std::make_unique<const SplitSigma>(spec, imts);
      })};
}

}  // namespace shakefield::gmm
