// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "event_stream.hpp"

namespace shakefield::calc {
namespace {

/// One rupture; realization r owns the contiguous block r of number_of_ground_motion_fields events.
class ScenarioStream final : public EventStream {
 public:
  ScenarioStream(const job::Job& job, const ModelTable& models)
      : models_(models),
        fields_(static_cast<std::uint32_t>(job.parameters.number_of_ground_motion_fields)) {
    rupture_.rupture = *job.rupture;
    rupture_.key = scenario_key();
    rupture_.occurrences = fields_ * static_cast<std::uint32_t>(job.tree.realizations.size());
  }

  std::vector<RuptureEvents> next() override {
    if (done_) return {};
    done_ = true;
    return {rupture_};
  }

  void describe(const RuptureEvents& rupture, std::uint32_t first, std::uint32_t count,
                std::vector<field::EventSpec>& specs) const override {
    for (std::uint32_t sample = first; sample < first + count; ++sample) {
      const std::uint32_t realization = sample / fields_;
      specs.push_back(
          {rupture.first_event + sample, sample, realization, models_.of[0][realization]});
    }
  }

  EventTime time(const RuptureEvents&, const field::EventSpec&) const override { return {0, 1}; }
  double fraction() const override { return done_ ? 1 : 0; }
  Mark mark() const override { return {}; }
  void seek(Mark) override {}
  std::vector<RuptureEvents> representatives(std::size_t) const override { return {rupture_}; }
  Expected expected() override { return {1, static_cast<double>(rupture_.occurrences)}; }

 private:
  const ModelTable& models_;
  RuptureEvents rupture_;
  std::uint32_t fields_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<EventStream> make_scenario_stream(const job::Job& job, const ModelTable& models) {
  return std::make_unique<ScenarioStream>(job, models);
}

}  // namespace shakefield::calc
