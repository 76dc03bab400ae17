// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "shakefield/job/schema.hpp"

namespace shakefield::job {
namespace {

constexpr std::string_view introduction = R"(# Parameters of a job

This page is generated from the schema that the readers use (`src/job/schema_*.cpp`); do not edit it.

A job is a `job.ini` as the OpenQuake engine reads it, or a YAML file with the same names, at the top level or in sections
(the names of sections mean nothing). `-p name=value` on the command line overrides a value. `shakefield check JOB` tells for
each parameter of a job what becomes of it:

- **used**: it changes what is computed or written.
- **ignored**: a parameter of the OpenQuake engine that cannot change a number here; told once.
- **later**: it asks for a product that is not computed yet; the run goes on and names what is missing.
- **unsupported**: a parameter of the OpenQuake engine that could change a number and is not offered; the run stops with exit
  status 3, unless the value is the default.

Any other name is an error that gives the nearest known name.

| type | in job.ini | in YAML, beside the same text |
|---|---|---|
| float, int, bool | `5`, `2.5e3`; `true`, `false`, `1`, `0` | a scalar |
| depth | a number >= 0, or -999 | a scalar |
| text, choice, mode | the rest of the line | a scalar |
| floats, imts, names | separated by blanks or commas | a list |
| points | `lon lat [depth], lon lat [depth], …` | `[[lon, lat], …]` |
| dict, imtls | a Python literal: `{"PGA": [0.1, 0.2]}` | a map |
| reach | a number, `magdist`, `[[5, 100], [7, 300]]`, or a dictionary of these by tectonic region | the same as lists and maps |
| per_imt, per_region | a number, or a dictionary with a `default` | a scalar or a map |
| file, files | path relative to the job's folder; several separated by blanks | a scalar or a list |

Names of older versions that are understood: `individual_curves`, `quantile_hazard_curves`, `mean_hazard_curves`,
`max_hazard_curves`, `region_constraint`.
)";

/// A cell of a table: no bars, never empty.
std::string cell(std::string_view text) {
  if (text.empty()) return "–";
  std::string safe;
  for (const char c : text) safe += c == '|' ? std::string("\\|") : std::string(1, c);
  return safe;
}

}  // namespace

std::string manual_page() {
  std::string page(introduction);
  std::string_view group;
  for (const ParameterInfo& p : schema()) {
    if (p.group != group) {
      group = p.group;
      page += fmt::format(
          "\n## {}\n\n| name | type | unit | default | range | status | meaning "
          "|\n|---|---|---|---|---|---|---|\n",
          group);
    }
    page +=
        fmt::format("| `{}` | {} | {} | {} | {} | {} | {} |\n", p.name, cell(p.type), cell(p.unit),
                    cell(p.default_), cell(p.range), to_string(p.status), cell(p.text));
  }
  return page;
}

}  // namespace shakefield::job
