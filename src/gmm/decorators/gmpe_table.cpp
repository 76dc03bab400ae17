// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// GMPETable of the OpenQuake engine: motions and total deviations tabulated by distance, IMT and
// magnitude. Layout and interpolation: the engine's manual (GMPETable) and its answers (3.26.2) to
// calls of its model: ln of the motion is linear in ln(period) and in magnitude, the motion itself
// in distance; deviations likewise.
//
// Beyond the last distance there is no motion (1e-20 of the unit). Magnitudes outside of the table
// take its first or last one (the engine refuses those below). Where distances depend on magnitude,
// those of the magnitude below hold, as in the engine; at a magnitude of the table they are its own
// (the engine takes those of the one below, and of the last one for the first).

#include <algorithm>
#include <cmath>

#include "decorator.hpp"

namespace shakefield::gmm {
namespace {

constexpr double no_motion = 1e-20;

struct DistanceMetric {
  std::string_view name;
  Needs needs;
  std::span<const double> GmmInput::*column;
};
constexpr DistanceMetric metrics[] = {{"rrup", Needs::r_rup, &GmmInput::r_rup},
                                      {"rjb", Needs::r_jb, &GmmInput::r_jb},
                                      {"rhypo", Needs::r_hypo, &GmmInput::r_hypo},
                                      {"repi", Needs::r_epi, &GmmInput::r_epi}};

/// Reads arrays of a table file as doubles, with messages that name the file.
class TableReader {
 public:
  explicit TableReader(const TableFile& file) : file_(file) {}

  const TableArray& array(std::string_view path) const {
    const auto it = file_.arrays.find(path);
    core::validate(it != file_.arrays.end(), core::ErrorKind::data,
                   fmt::format("the table {} lacks {} (the layout of GMPETable has it), add it",
                               file_.path, path));
    return it->second;
  }
  bool has(std::string_view path) const { return file_.arrays.contains(path); }
  std::vector<double> numbers(std::string_view path) const {
    const std::span<const double> values = array(path).values();
    return {values.begin(), values.end()};
  }

  /// Values [distances][magnitudes] of one row of a [distances][rows][magnitudes] array.
  std::vector<double> slice(std::string_view path, std::size_t row, std::size_t distances,
                            std::size_t magnitudes) const {
    const TableArray& all = array(path);
    core::validate(all.shape().size() == 3 && all.shape()[0] == distances && row < all.shape()[1] &&
                       all.shape()[2] == magnitudes,
                   core::ErrorKind::data,
                   fmt::format("{} in the table {} has another shape than distances ({}) x rows x "
                               "magnitudes ({}), correct it",
                               path, file_.path, distances, magnitudes));
    const std::span<const double> values = all.values();
    std::vector<double> result;
    for (std::size_t d = 0; d < distances; ++d)
      for (std::size_t k = 0; k < magnitudes; ++k)
        result.push_back(values[(d * all.shape()[1] + row) * magnitudes + k]);
    return result;
  }

  /// What the table holds.
  void describe_imts(ModelInfo& info) const {
    constexpr std::string_view group = "IMLs/";
    for (const auto& [path, values] : file_.arrays) {
      if (!path.starts_with(group) || path == "IMLs/T") continue;
      info.imts.push_back(Imt::parse(path == "IMLs/SA" ? "SA(1)" : path.substr(group.size())).kind);
    }
    if (!has("IMLs/T")) return;
    const std::vector<double> periods = rounded(numbers("IMLs/T"));
    info.period_s = {periods.front(), periods.back()};
  }

  /// ln of the values of one IMT: its own row, or between two periods, linear in ln(period).
  std::vector<double> ln_values(const std::string& group, const Imt& imt, std::size_t distances,
                                std::size_t magnitudes, std::string_view model) const {
    const auto ln_slice = [&](const std::string& path, std::size_t row) {
      std::vector<double> values = slice(path, row, distances, magnitudes);
      for (double& x : values) x = std::log(std::max(x, no_motion));
      return values;
    };
    if (imt.kind != sa) {
      check_imt(has(group + '/' + imt.name()), imt, model);
      return ln_slice(group + '/' + imt.name(), 0);
    }
    check_imt(has(group + "/SA") && has(group + "/T"), imt, model);
    const std::vector<double> periods = rounded(numbers(group + "/T"));
    const auto above = std::ranges::lower_bound(periods, imt.period_s);
    check_imt(above != periods.end() && (above != periods.begin() || *above == imt.period_s), imt,
              model);
    const auto row = static_cast<std::size_t>(above - periods.begin());
    std::vector<double> high = ln_slice(group + "/SA", row);
    if (*above == imt.period_s) return high;
    const std::vector<double> low = ln_slice(group + "/SA", row - 1);
    const double w =
        std::log(imt.period_s / periods[row - 1]) / std::log(*above / periods[row - 1]);
    for (std::size_t i = 0; i < high.size(); ++i) high[i] = low[i] + w * (high[i] - low[i]);
    return high;
  }

 private:
  void check_imt(bool has_it, const Imt& imt, std::string_view model) const {
    core::validate(has_it, core::ErrorKind::config,
                   fmt::format("model {} does not give {} (the table {} lacks it), choose another "
                               "model or intensity measure type",
                               model, imt.name(), file_.path));
  }
  /// Periods are stored in single precision: 0.1f is meant to be 0.1.
  static std::vector<double> rounded(std::vector<double> periods) {
    for (double& t : periods) t = std::round(t * 1e6) / 1e6;
    return periods;
  }

  const TableFile& file_;
};

class GmpeTable final : public GroundMotionModel {
 public:
  GmpeTable(const ModelSpec& spec, std::span<const Imt> imts) {
    const Arguments arguments(spec.name, spec.arguments);
    const TableFile& file = arguments.table("gmpe_table");
    arguments.require_known();
    const TableReader table(file);
    magnitudes_ = table.numbers("Mw");
    core::validate(
        !magnitudes_.empty() && std::ranges::is_sorted(magnitudes_), core::ErrorKind::data,
        fmt::format("Mw in the table {} is empty or not ascending, correct it", file.path));
    num_distances_ = table.array("Distances").shape().front();
    distances_ = table.slice("Distances", 0, num_distances_, magnitudes_.size());
    for (const Imt& imt : imts) {
      ln_motion_.push_back(
          table.ln_values("IMLs", imt, num_distances_, magnitudes_.size(), spec.name));
      ln_sigma_.push_back(
          table.ln_values("Total", imt, num_distances_, magnitudes_.size(), spec.name));
    }
    table.describe_imts(info_);
    metric_ = &metric_of(file);
    info_.name = spec.name;
    info_.needs = Needs::mag | metric_->needs;
    info_.std_defined = StdDefined::total_only;
    info_.mag = {magnitudes_.front(), magnitudes_.back()};
    info_.distance_km = {std::ranges::min(distances_), std::ranges::max(distances_)};
  }

  const ModelInfo& info() const override { return info_; }

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {
    const std::span<const double> km = in.*metric_->column;
    const auto [low, weight] = magnitude_place(in.mag);
    const std::vector<double> distances = at_magnitude(distances_, low, 0.0);
    std::vector<std::vector<double>> motion, sigma;
    for (const auto& table : ln_motion_) motion.push_back(exp_at_magnitude(table, low, weight));
    for (const auto& table : ln_sigma_) sigma.push_back(exp_at_magnitude(table, low, weight));
    for (std::size_t i = 0; i < in.size; ++i) {
      // Row d and the weight of row d + 1; constant before the first and behind the last one.
      const double r = std::clamp(km[i], distances.front(), distances.back());
      const auto next = std::ranges::upper_bound(distances, r) - distances.begin();
      const auto d = static_cast<std::size_t>(
          std::clamp<std::ptrdiff_t>(next - 1, 0, std::ssize(distances) - 2));
      const double w = (r - distances[d]) / (distances[d + 1] - distances[d]);
      const auto between = [&](const std::vector<double>& x) {
        return x[d] + w * (x[d + 1] - x[d]);
      };
      for (std::size_t m = 0; m < motion.size(); ++m) {
        const std::size_t at = m * out.stride + i;
        out.mean[at] = std::log(km[i] > distances.back() ? no_motion : between(motion[m]));
        out.sigma[at] = between(sigma[m]);
        out.tau[at] = out.phi[at] = 0;
      }
    }
  }

 private:
  static const DistanceMetric& metric_of(const TableFile& file) {
    const auto it = file.attributes.find("Distances/metric");
    const std::string_view name = it == file.attributes.end() ? "" : std::string_view(it->second);
    const auto metric = std::ranges::find(metrics, name, &DistanceMetric::name);
    core::validate(
        metric != std::ranges::end(metrics), core::ErrorKind::data,
        fmt::format("Distances in the table {} have the metric '{}' (rrup, rjb, rhypo or "
                    "repi is expected), correct it",
                    file.path, name));
    return *metric;
  }

  /// The last magnitude of the table that is not above `mag`, and the weight of the next one.
  std::pair<std::size_t, double> magnitude_place(double mag) const {
    const double m = std::clamp(mag, magnitudes_.front(), magnitudes_.back());
    const auto above = std::ranges::upper_bound(magnitudes_, m) - magnitudes_.begin();
    const auto low = static_cast<std::size_t>(above - 1);
    if (low + 1 == magnitudes_.size()) return {low, 0.0};
    return {low, (m - magnitudes_[low]) / (magnitudes_[low + 1] - magnitudes_[low])};
  }
  /// Linear between two magnitudes, [distances].
  std::vector<double> at_magnitude(const std::vector<double>& table, std::size_t low,
                                   double weight) const {
    std::vector<double> result(num_distances_);
    for (std::size_t d = 0; d < num_distances_; ++d) {
      const double* row = &table[d * magnitudes_.size() + low];
      result[d] = weight == 0 ? row[0] : row[0] + weight * (row[1] - row[0]);
    }
    return result;
  }
  std::vector<double> exp_at_magnitude(const std::vector<double>& table, std::size_t low,
                                       double weight) const {
    std::vector<double> result = at_magnitude(table, low, weight);
    for (double& x : result) x = std::exp(x);
    return result;
  }

  std::vector<double> magnitudes_;
  std::size_t num_distances_ = 0;
  std::vector<double> distances_;                          ///< [distances][magnitudes] km
  std::vector<std::vector<double>> ln_motion_, ln_sigma_;  ///< [M] of [distances][magnitudes]
  const DistanceMetric* metric_ = nullptr;
  ModelInfo info_;
};

}  // namespace

Entries gmpe_table() {
  return {decorator_entry("GMPETable",
                          "gmpe_table: motions and total deviations by distance, period and "
                          "magnitude from an HDF5 file.",
                          [](const ModelSpec& spec, std::span<const Imt> imts) {
                            return std::make_unique<const GmpeTable>(spec, imts);
                          })};
}

}  // namespace shakefield::gmm
