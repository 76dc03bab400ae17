// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// ModifiableGMPE of the OpenQuake engine: a model with adjustments of its median and deviations,
// one after the other in the order of the job. Definitions: the engine's manual (API, mgmpe) and
// its answers (3.26.2) to calls of its model. As there, adjustments of the total leave tau and phi.

#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "decorator.hpp"
#include "nrcan15.hpp"
#include "spec_text.hpp"

namespace shakefield::gmm {
namespace {

/// Changes mean and deviations of IMT m at the sites of one vector.
using Adjustment = std::function<void(std::size_t m, Moments& x)>;

struct Number {
  double value;
};

/// What an adjustment is made from.
struct Request {
  std::string_view name;
  const Arguments::Values& values;  ///< of the adjustment: delta, scaling_factor.SA(0.2) …
  const Arguments& arguments;       ///< the same
  std::span<const Imt> imts;
  ModelInfo& info;

  double number(std::string_view argument) const {
    core::validate(values.contains(argument), core::ErrorKind::config,
                   fmt::format("{} of ModifiableGMPE has no {} (a number is expected), add it",
                               name, argument));
    return arguments.number(argument, 0);
  }
  /// One number, for all IMTs.
  std::vector<double> for_all(std::string_view argument) const {
    return std::vector(imts.size(), number(argument));
  }
  /// {"PGA" = 1.2, "SA(0.2)" = 0.9}: linear in ln(period) between two of SA.
  std::vector<double> by_imt(std::string_view argument) const {
    const std::string prefix = std::string(argument) + '.';
    std::vector<Row<Number>> table;
    for (const auto& [key, value] : values)
      if (key.starts_with(prefix))
        table.push_back({Imt::parse(key.substr(prefix.size())), {arguments.number(key, 0)}});
    std::vector<double> numbers;
    for (const Imt& imt : imts)
      numbers.push_back(coefficients_at(std::span<const Row<Number>>(table), imt, name).value);
    return numbers;
  }
  void require_parts() const {
    core::validate(info.std_defined != StdDefined::total_only, core::ErrorKind::config,
                   fmt::format("{} needs the between-event part (model {} gives the total standard "
                               "deviation only), add add_between_within_stds before it",
                               name, info.name));
  }
};

/// Adds delta² (subtracts it where delta is negative) to a variance. Throws where that is negative.
Real with_delta(Real deviation, double delta, std::string_view name) {
  const Real variance = square(deviation) + std::copysign(square(delta), delta);
  core::validate(all(variance >= 0.0), core::ErrorKind::config,
                 fmt::format("{} of ModifiableGMPE: delta = {} takes more than the standard "
                             "deviation has, give a smaller one",
                             name, delta));
  return sqrt(variance);
}

enum class Of { total, between, within };

/// add_delta_to_{total,tau,phi}_std_{scalar,vector}
Adjustment add_delta(const Request& r, Of part, bool by_imt) {
  std::vector<double> deltas = by_imt ? r.by_imt("delta") : r.for_all("delta");
  if (part != Of::total) r.require_parts();
  return [deltas, part, name = std::string(r.name)](std::size_t m, Moments& x) {
    Real& deviation = part == Of::total ? x.sd.sigma : part == Of::between ? x.sd.tau : x.sd.phi;
    deviation = with_delta(deviation, deltas[m], name);
    if (part != Of::total) x.sd = between_within(x.sd.tau, x.sd.phi);
  };
}

Adjustment scale_median(const Request& r, bool by_imt) {
  std::vector<double> ln_factors =
      by_imt ? r.by_imt("scaling_factor") : r.for_all("scaling_factor");
  for (double& f : ln_factors) {
    core::validate(f > 0, core::ErrorKind::config,
                   fmt::format("{} of ModifiableGMPE: scaling_factor = {} is not possible (above 0 "
                               "is expected), change its value",
                               r.name, f));
    f = std::log(f);
  }
  return [ln_factors](std::size_t m, Moments& x) { x.mean += ln_factors[m]; };
}

Adjustment scale_total(const Request& r, bool by_imt) {
  std::vector<double> factors = by_imt ? r.by_imt("scaling_factor") : r.for_all("scaling_factor");
  return [factors](std::size_t m, Moments& x) { x.sd.sigma *= factors[m]; };
}

Adjustment fix_total(const Request& r) {
  return [sigma = r.by_imt("total_sigma")](std::size_t m, Moments& x) { x.sd.sigma = sigma[m]; };
}

/// tau = sigma / sqrt(1 + ratio²), phi = ratio tau.
Adjustment split_total(const Request& r) {
  const double ratio = r.number("with_betw_ratio");
  r.info.std_defined = StdDefined::between_within_total;
  return [ratio, share = 1 / std::sqrt(1 + ratio * ratio)](std::size_t, Moments& x) {
    x.sd.tau = x.sd.sigma * share;
    x.sd.phi = x.sd.tau * ratio;
  };
}

/// Fixes the between-event residual: it goes to the mean, and phi is all that remains.
Adjustment fix_between(const Request& r) {
  r.require_parts();
  return [epsilon = r.number("epsilon_tau")](std::size_t, Moments& x) {
    x.mean += epsilon * x.sd.tau;
    x.sd = {x.sd.phi, 0.0, x.sd.phi};
  };
}

/// The engine takes tau of its third site for all sites; here it is each site's own.
Adjustment total_from_tau(const Request& r) {
  r.require_parts();
  return [delta = r.number("delta")](std::size_t, Moments& x) {
    x.sd.sigma = sqrt(square(x.sd.tau) + square(delta));
  };
}

using Maker = std::function<Adjustment(const Request&)>;

const std::map<std::string, Maker, std::less<>>& makers() {
  const auto delta = [](Of part, bool by_imt) {
    return [=](const Request& r) { return add_delta(r, part, by_imt); };
  };
  static const std::map<std::string, Maker, std::less<>> all = {
      {"add_between_within_stds", split_total},
      {"add_delta_to_total_std_scalar", delta(Of::total, false)},
      {"add_delta_to_total_std_vector", delta(Of::total, true)},
      {"add_delta_to_tau_std_scalar", delta(Of::between, false)},
      {"add_delta_to_tau_std_vector", delta(Of::between, true)},
      {"add_delta_to_phi_std_scalar", delta(Of::within, false)},
      {"add_delta_to_phi_std_vector", delta(Of::within, true)},
      {"set_between_epsilon", fix_between},
      {"set_fixed_total_sigma", fix_total},
      {"set_scale_median_scalar", [](const Request& r) { return scale_median(r, false); }},
      {"set_scale_median_vector", [](const Request& r) { return scale_median(r, true); }},
      {"set_scale_total_sigma_scalar", [](const Request& r) { return scale_total(r, false); }},
      {"set_scale_total_sigma_vector", [](const Request& r) { return scale_total(r, true); }},
      {"set_total_std_as_tau_plus_delta", total_from_tau}};
  return all;
}

/// Names of the adjustments in the order of the job, and the arguments of each.
std::vector<std::pair<std::string, Arguments::Values>> requests(const ModelSpec& spec) {
  std::vector<std::pair<std::string, Arguments::Values>> found;
  for (const std::string& key : ordered_keys(spec)) {
    const std::string name = key.substr(0, key.find('.'));
    if (name == "gmpe") continue;
    auto it = std::ranges::find(found, name, &std::pair<std::string, Arguments::Values>::first);
    if (it == found.end()) it = found.insert(it, {name, {}});
    if (name.size() < key.size())
      it->second.emplace(key.substr(name.size() + 1), spec.arguments.find(key)->second);
  }
  return found;
}

class Modifiable final : public GroundMotionModel {
 public:
  Modifiable(const ModelSpec& spec, std::span<const Imt> imts) : num_imts_(imts.size()) {
    const ModelSpec model = model_below(spec, "gmpe");
    const auto wanted = requests(spec);
    inner_ = make_inner(model, imts, wanted, spec.name);
    info_ = decorated(inner_->info(), spec.name);
    for (const auto& [name, values] : wanted) {
      if (name == site_term) continue;
      const auto maker = makers().find(name);
      if (maker == makers().end()) reject(name);
      const Arguments arguments(fmt::format("{} of {}", name, spec.name), values);
      adjustments_.push_back(maker->second({name, values, arguments, imts, info_}));
      arguments.require_known();
    }
  }

  const ModelInfo& info() const override { return info_; }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    inner_->evaluate(in, out);
    for_each_site(in, out, [&](const Sites& sites) {
      for (std::size_t m = 0; m < num_imts_; ++m) {
        Moments x = Moments::load(out, m, sites.first());
        for (const Adjustment& adjust : adjustments_) adjust(m, x);
        sites.put(m, x.mean, x.sd);
      }
    });
  }

 private:
  static constexpr std::string_view site_term = "nrcan15_site_term";

  static std::unique_ptr<const GroundMotionModel> make_inner(
      const ModelSpec& model, std::span<const Imt> imts,
      const std::vector<std::pair<std::string, Arguments::Values>>& wanted,
      std::string_view decorator) {
    for (const auto& [name, values] : wanted) {
      if (name != site_term) continue;
      using nrcan15::HardRock;
      const Arguments arguments(fmt::format("{} of {}", name, decorator), values);
      const HardRock hard_rock = arguments.choice(
          "kind", {{"base", HardRock::as_soil}, {"linear", HardRock::factors}}, HardRock::as_soil);
      const nrcan15::RockMotion rock_motion = nrcan15::rock_motion_of(arguments);
      arguments.require_known();
      return nrcan15::with_site_term(model, imts, hard_rock, rock_motion, name);
    }
    return make_model(model, imts);
  }

  [[noreturn]] static void reject(std::string_view name) {
    std::string known(site_term);
    for (const auto& [one, maker] : makers()) known += ", " + one;
    throw core::Error(
        core::ErrorKind::unsupported,
        fmt::format("the adjustment {} of ModifiableGMPE is not offered (these are: {}), leave it "
                    "out or choose another model",
                    name, known));
  }

  std::unique_ptr<const GroundMotionModel> inner_;
  std::size_t num_imts_;
  ModelInfo info_;
  std::vector<Adjustment> adjustments_;
};

}  // namespace

Entries modifiable() {
  std::string known;
  for (const auto& [name, maker] : makers()) known += name + ", ";
  return {decorator_entry(
      "ModifiableGMPE",
      "gmpe = {Name = {…}} and adjustments in their order: " + known + "nrcan15_site_term.",
      [](const ModelSpec& spec, std::span<const Imt> imts) {
        return std::make_unique<const Modifiable>(spec, imts);
      })};
}

}  // namespace shakefield::gmm
