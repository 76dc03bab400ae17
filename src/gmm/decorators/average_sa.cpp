// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// Indirect average spectral acceleration: the geometric mean of SA at several periods by any model.
// Kohrangi, M., Kotha, S. R., and Bazzurro, P. (2018). Ground-motion models for average spectral
// acceleration in a period range: direct and indirect methods. Bulletin of Earthquake Engineering
// 16, 45-65. doi:10.1007/s10518-017-0216-5. Standard deviation: total only.
//
// Correlation between periods: Baker, J. W., and Jayaram, N. (2008). Correlation of spectral
// acceleration values from NGA ground motion models. Earthquake Spectra 24(1), 299-317.
// doi:10.1193/1.2857544.
//
// Arguments and their defaults as in the OpenQuake engine's manual (GenericGmpeAvgSA,
// GmpeIndirectAvgSA). The latter interpolates between at most 30 periods where several AvgSA(T0)
// ask for more; here every period is computed.

#include <cmath>
#include <numbers>

#include "decorator.hpp"

namespace shakefield::gmm {
namespace {

/// Baker and Jayaram (2008), Eq. 9 and 10, periods 0.01 to 10 s.
double baker_jayaram(double a_s, double b_s) {
  const double low = std::min(a_s, b_s), high = std::max(a_s, b_s);
  const double c1 =
      1 - std::cos(std::numbers::pi / 2 - 0.366 * std::log(high / std::max(low, 0.109)));
  const double c2 = high < 0.2 ? 1 - 0.105 * (1 - 1 / (1 + std::exp(100 * high - 5))) *
                                         ((high - low) / (high - 0.0099))
                               : 0;
  const double c3 = high < 0.109 ? c2 : c1;
  const double c4 =
      c1 + 0.5 * (std::sqrt(c3) - c3) * (1 + std::cos(std::numbers::pi * low / 0.109));
  if (high < 0.109) return c2;
  if (low > 0.109) return c1;
  return high < 0.2 ? std::min(c2, c4) : c4;
}

double fully_correlated(double, double) {
  return 1;
}

using Correlation = double (*)(double, double);

Correlation correlation_of(const Arguments& arguments, std::string_view model) {
  const std::string name = arguments.text("corr_func", "none");
  core::validate(name != "akkar" && name != "eshm20", core::ErrorKind::unsupported,
                 fmt::format("corr_func = \"{}\" of {} is not offered (\"none\" and "
                             "\"baker_jayaram\" are), choose one of these",
                             name, model));
  return arguments.choice<Correlation>(
      "corr_func", {{"none", fully_correlated}, {"baker_jayaram", baker_jayaram}},
      fully_correlated);
}

/// The periods that one AvgSA is the mean of: rows [first, first + count) of the inner model.
struct Average {
  std::size_t first, count;
  std::vector<double> correlation;  ///< [count][count]
};

constexpr std::string_view own_arguments[] = {"avg_periods", "corr_func", "t_low",
                                              "t_high",      "n_per",     "max_num_per"};

class AverageSa final : public GroundMotionModel {
 public:
  enum class Periods { given, around_anchor };

  AverageSa(const ModelSpec& spec, std::span<const Imt> imts, Periods kind) {
    const Arguments arguments(spec.name, only(spec, own_arguments).arguments);
    const Correlation correlation = correlation_of(arguments, spec.name);
    std::vector<Imt> inner_imts;
    const auto periods_of = make_periods(arguments, spec.name, kind);
    arguments.require_known();
    for (const Imt& imt : imts) {
      core::validate(
          imt.kind == avgsa && (kind == Periods::given || imt.period_s > 0),
          core::ErrorKind::config,
          fmt::format("model {} does not give {} (it gives {}), choose another model or "
                      "intensity measure type",
                      spec.name, imt.name(), kind == Periods::given ? "AvgSA" : "AvgSA(period)"));
      const std::vector<double> periods = periods_of(imt.period_s);
      Average average{inner_imts.size(), periods.size(), {}};
      for (const double a : periods) {
        inner_imts.push_back({sa, a});
        for (const double b : periods) average.correlation.push_back(correlation(a, b));
      }
      averages_.push_back(std::move(average));
    }
    inner_ = make_model(model_named(spec, own_arguments), inner_imts);
    num_inner_ = inner_imts.size();
    info_ = decorated(inner_->info(), spec.name);
    info_.std_defined = StdDefined::total_only;
    info_.imts = {avgsa};
  }

  const ModelInfo& info() const override { return info_; }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    Scratch scratch(num_inner_, in.size);
    const GmmOutput inner = scratch.output();
    inner_->evaluate(in, inner);
    for_each_site(in, out, [&](const Sites& sites) {
      for (std::size_t m = 0; m < averages_.size(); ++m) {
        const Average& average = averages_[m];
        Real mean = 0.0, variance = 0.0;
        for (std::size_t a = 0; a < average.count; ++a) {
          const Moments x = Moments::load(inner, average.first + a, sites.first());
          mean += x.mean;
          for (std::size_t b = 0; b < average.count; ++b)
            variance += average.correlation[a * average.count + b] * x.sd.sigma *
                        Moments::load(inner, average.first + b, sites.first()).sd.sigma;
        }
        const auto n = static_cast<double>(average.count);
        sites.put(m, mean / n, total_only(sqrt(variance) / n));
      }
    });
  }

 private:
  static std::function<std::vector<double>(double)> make_periods(const Arguments& arguments,
                                                                 std::string_view model,
                                                                 Periods kind) {
    if (kind == Periods::given) {
      std::vector<double> periods = arguments.numbers("avg_periods");
      core::validate(!periods.empty(), core::ErrorKind::config,
                     fmt::format("{} has no avg_periods (a list of periods in s is expected), add "
                                 "it",
                                 model));
      return [periods = std::move(periods)](double) { return periods; };
    }
    const double low = arguments.number("t_low", 0.2), high = arguments.number("t_high", 1.5);
    const double count = arguments.number("n_per", 10);
    arguments.number("max_num_per", 30);
    core::validate(0 < low && low < high && count >= 2 && count == std::floor(count),
                   core::ErrorKind::config,
                   fmt::format("t_low = {}, t_high = {}, n_per = {} of {} are no range of periods "
                               "(0 < t_low < t_high, n_per whole and at least 2), correct them",
                               low, high, count, model));
    return [=](double anchor_s) {
      std::vector<double> periods;
      for (double i = 0; i < count; ++i)
        periods.push_back(anchor_s * (low + (high - low) * i / (count - 1)));
      return periods;
    };
  }

  std::unique_ptr<const GroundMotionModel> inner_;
  std::size_t num_inner_ = 0;
  std::vector<Average> averages_;
  ModelInfo info_;
};

Entry average_entry(std::string name, std::string about, AverageSa::Periods kind) {
  return decorator_entry(std::move(name), std::move(about),
                         [kind](const ModelSpec& spec, std::span<const Imt> imts) {
                           return std::make_unique<const AverageSa>(spec, imts, kind);
                         });
}

}  // namespace

Entries average_sa() {
  return {average_entry("GenericGmpeAvgSA",
                        "gmpe_name, avg_periods, corr_func: AvgSA of a model over given periods "
                        "(Kohrangi et al. 2018).",
                        AverageSa::Periods::given),
          average_entry("GmpeIndirectAvgSA",
                        "gmpe_name, corr_func, t_low, t_high, n_per: AvgSA(T0) of a model over "
                        "periods from t_low T0 to t_high T0 (Kohrangi et al. 2018).",
                        AverageSa::Periods::around_anchor)};
}

}  // namespace shakefield::gmm
