// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
// Input: the HDF5 file beside a source model, in lines of text (hdf5_of_text.hpp).
#include <memory>

#include "answers.hpp"
#include "hdf5_of_text.hpp"
#include "nrml_source.hpp"
#include "scratch_folder.hpp"

namespace shakefield::fuzz {
namespace {

constexpr const char* model_text = R"(<nrml xmlns="http://openquake.org/xmlns/nrml/0.5">
<sourceModel investigation_time="2"><sourceGroup tectonicRegion="Crust">
<multiFaultSource id="mf" name="m"/><nonParametricSeismicSource id="np" name="n"/>
</sourceGroup></sourceModel></nrml>)";
constexpr const char* sections_text = R"(<nrml xmlns="http://openquake.org/xmlns/nrml/0.5">
<geometryModel><section id="s0"><planarSurface><topLeft lon="10" lat="45" depth="0"/>
<topRight lon="10.2" lat="45" depth="0"/><bottomLeft lon="10" lat="45" depth="10"/>
<bottomRight lon="10.2" lat="45" depth="10"/></planarSurface></section>
<section id="s1"><planarSurface><topLeft lon="10.2" lat="45" depth="0"/>
<topRight lon="10.4" lat="45" depth="0"/><bottomLeft lon="10.2" lat="45" depth="10"/>
<bottomRight lon="10.4" lat="45" depth="10"/></planarSurface></section></geometryModel></nrml>)";

void read(std::string_view lines, core::Problems& problems) {
  static const ScratchFolder folder;
  write_hdf5(lines, folder / "model.hdf5");
  const auto sections = std::make_shared<job::SectionMap>();
  job::read_sections(job::XmlFile("sections.xml", sections_text), {}, *sections, problems);
  job::InputFiles files;
  job::SourceOptions options;
  options.sections = sections;
  options.files = &files;
  const auto list = job::read_source_model(
      job::XmlFile((folder / "model.xml").string(), model_text), options, problems);
  for (const job::SourceDescription& description : list.sources) {
    const source::SourcePtr source = job::make_source(description, 1);
    source->bound();
    for (std::size_t i = 0; i < source->num_ruptures(); ++i) {
      source->probs_occur(i);
      source->rupture(i).surface->parameters();
    }
  }
}

}  // namespace
}  // namespace shakefield::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shakefield;
  fuzz::expect_answer(
      [&](core::Problems& problems) { fuzz::read(fuzz::text_of(data, size), problems); });
  return 0;
}
