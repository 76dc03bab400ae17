// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "hdf5_file.hpp"

namespace shakefield::structures {
namespace {

constexpr const char* group_path = "/gmf_data";

std::string dataset_path(std::uint32_t event) {
  return fmt::format("{}/{}", group_path, event);
}

class EventDatasetReader final : public Reader {
 public:
  explicit EventDatasetReader(const std::filesystem::path& path) : file_(open_file(path)) {
    H5G_info_t info;
    check(H5Gget_info_by_name(file_.id(), group_path, &info, H5P_DEFAULT), "count the events");
    num_events_ = static_cast<std::uint32_t>(info.nlinks);
  }

  void read_event(std::uint32_t event) override {
    clear();
    append(event);
  }

  /// There is no index over events: a search opens every dataset.
  void read_site(std::uint32_t site) override {
    std::vector<Row> found_rows;
    for (std::uint32_t event = 0; event < num_events_; ++event) {
      clear();
      append(event);
      const auto found = std::ranges::lower_bound(elements_, site, {}, &SiteValues::site);
      if (found != elements_.end() && found->site == site)
        found_rows.push_back({site, event, found->values});
    }
    clear();
    found_ = std::move(found_rows);
  }

  void read_all() override {
    clear();
    for (std::uint32_t event = 0; event < num_events_; ++event) append(event);
  }

  std::vector<Row> rows() const override {
    std::vector<Row> rows = found_;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const std::size_t stop = i + 1 < parts_.size() ? parts_[i + 1].first : elements_.size();
      for (std::size_t k = parts_[i].first; k < stop; ++k)
        rows.push_back({elements_[k].site, parts_[i].event, elements_[k].values});
    }
    return rows;
  }

 private:
  /// The elements of an event begin at `first`.
  struct Part {
    std::uint32_t event = 0;
    std::size_t first = 0;
  };

  void clear() {
    found_.clear();
    parts_.clear();
    elements_.clear();
  }

  void append(std::uint32_t event) {
    const Dataset dataset(file_, dataset_path(event));
    parts_.push_back({event, elements_.size()});
    elements_.resize(elements_.size() + dataset.rows());
    dataset.read(type_.id(), 0, dataset.rows(), elements_.data() + parts_.back().first);
  }

  Handle file_;
  Handle type_ = site_values_type();
  std::uint32_t num_events_ = 0;
  std::vector<Part> parts_;
  std::vector<SiteValues> elements_;
  std::vector<Row> found_;  ///< of a site
};

class EventDatasets final : public Structure {
 public:
  EventDatasets(const Fields& fields, Filter filter) : fields_(fields), filter_(filter) {
    for (const Row& row : fields.rows) elements_.push_back({row.site, row.values});
  }

  void write(const std::filesystem::path& path) const override {
    Handle file = create_file(path);
    const Handle type = site_values_type();
    for (std::uint32_t event = 0; event < fields_.num_events(); ++event) {
      const hsize_t rows = fields_.size_of_event(event);
      std::optional<hsize_t> chunk;
      if (filter_ != Filter::none) chunk = rows;
      write_dataset(file, dataset_path(event), type.id(), rows,
                    &elements_[fields_.first_row[event]], chunk, filter_);
    }
    close_file(file);
  }

  std::unique_ptr<Reader> open(const std::filesystem::path& path) const override {
    return std::make_unique<EventDatasetReader>(path);
  }

 private:
  const Fields& fields_;
  Filter filter_;
  std::vector<SiteValues> elements_;
};

}  // namespace

std::unique_ptr<Structure> make_event_datasets(const Fields& fields, Filter filter) {
  return std::make_unique<EventDatasets>(fields, filter);
}

}  // namespace shakefield::structures
