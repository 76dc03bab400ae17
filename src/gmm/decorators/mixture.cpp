// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// AvgPoeGMPE and AvgGMPE of the OpenQuake engine: weighted means of models, written as
// `b1.BooreAtkinson2008.weight = 0.4`. AvgPoeGMPE averages probabilities of exceedance, so that its
// distribution is a mixture; AvgGMPE averages ln of the motion and variances. Definitions: the
// engine's manual and its answers (3.26.2) to calls of its models.

#include <cmath>
#include <map>

#include "decorator.hpp"

namespace shakefield::gmm {
namespace {

/// Parts by branch: `<branch>.<Model>.<argument>`, where the argument "weight" is the mixture's.
std::vector<MixturePart> make_parts(const ModelSpec& spec, std::span<const Imt> imts) {
  std::map<std::string, double> weights;
  for (const auto& [key, value] : spec.arguments) weights[key.substr(0, key.find('.'))] = 0;
  std::vector<MixturePart> parts;
  double sum = 0;
  for (auto& [branch, weight] : weights) {
    ModelSpec model = model_below(spec, branch);
    const auto given = model.arguments.find("weight");
    const auto* number =
        given == model.arguments.end() ? nullptr : std::get_if<double>(&given->second);
    core::validate(number && *number >= 0, core::ErrorKind::config,
                   fmt::format("branch {} of {} has no weight (a number of at least 0 is "
                               "expected), add {}.{}.weight",
                               branch, spec.name, branch, model.name));
    weight = *number;
    sum += weight;
    model.arguments.erase("weight");
    parts.push_back({weight, make_model(model, imts)});
  }
  core::validate(
      std::abs(sum - 1) <= 1e-7, core::ErrorKind::config,
      fmt::format("the weights of {} sum to {} (1 within 1e-7 is required), correct them",
                  spec.name, sum));
  return parts;
}

class Mixture final : public GroundMotionModel {
 public:
  enum class Mean { of_exceedance, of_logarithm };

  Mixture(const ModelSpec& spec, std::span<const Imt> imts, Mean mean)
      : parts_(make_parts(spec, imts)), num_imts_(imts.size()), mean_(mean) {
    info_ = decorated(parts_.front().model->info(), spec.name);
    for (const MixturePart& part : parts_) {
      const ModelInfo& info = part.model->info();
      info_.needs = info_.needs | info.needs;
      if (info.std_defined == StdDefined::total_only) info_.std_defined = StdDefined::total_only;
    }
    info_.mag = info_.distance_km = info_.vs30 = {};
  }

  const ModelInfo& info() const override { return info_; }
  std::span<const MixturePart> parts() const override {
    return mean_ == Mean::of_exceedance ? std::span<const MixturePart>(parts_)
                                        : std::span<const MixturePart>();
  }

  /// Moments of the mixture (law of total variance: the means' own scatter counts as
  /// between-event), or means of moments.
  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    std::vector<Scratch> scratch;
    std::vector<GmmOutput> results;
    scratch.reserve(parts_.size());
    for (const MixturePart& part : parts_) {
      results.push_back(scratch.emplace_back(num_imts_, in.size).output());
      part.model->evaluate(in, results.back());
    }
    const bool total = info_.std_defined == StdDefined::total_only;
    for_each_site(in, out, [&](const Sites& sites) {
      for (std::size_t m = 0; m < num_imts_; ++m) {
        Real mean = 0.0, second = 0.0, sigma2 = 0.0, tau2 = 0.0, phi2 = 0.0;
        for (std::size_t p = 0; p < parts_.size(); ++p) {
          const double w = parts_[p].weight;
          const Moments x = Moments::load(results[p], m, sites.first());
          mean += w * x.mean;
          second += w * square(x.mean);
          sigma2 += w * square(x.sd.sigma);
          tau2 += w * square(x.sd.tau);
          phi2 += w * square(x.sd.phi);
        }
        const Real scatter =
            mean_ == Mean::of_exceedance ? max(second - square(mean), 0.0) : Real(0.0);
        sites.put(m, mean,
                  {sqrt(sigma2 + scatter), total ? Real(0.0) : sqrt(tau2 + scatter),
                   total ? Real(0.0) : sqrt(phi2)});
      }
    });
  }

 private:
  std::vector<MixturePart> parts_;
  std::size_t num_imts_;
  Mean mean_;
  ModelInfo info_;
};

Entry mixture_entry(std::string name, std::string about, Mixture::Mean mean) {
  return decorator_entry(std::move(name), std::move(about),
                         [mean](const ModelSpec& spec, std::span<const Imt> imts) {
                           return std::make_unique<const Mixture>(spec, imts, mean);
                         });
}

}  // namespace

Entries mixture() {
  return {
      mixture_entry("AvgGMPE",
                    "b1.Name.weight = w, …: weighted means of ln of the motion and of variances.",
                    Mixture::Mean::of_logarithm),
      mixture_entry(
          "AvgPoeGMPE",
          "b1.Name.weight = w, …: weighted mean of probabilities of exceedance; for hazard "
          "curves, not for fields.",
          Mixture::Mean::of_exceedance)};
}

}  // namespace shakefield::gmm
