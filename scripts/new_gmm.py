#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Begins a new ground-motion model: its class with a table, and its line in the list of models.

    scripts/new_gmm.py AuthorEtAl2030 --setting crust

The file compiles as it is. Every question that it leaves open stands in it as "…".
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SETTINGS = ("crust", "stable", "interface", "slab", "volcanic")

SOURCE = """\
// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0

// {authors} ({year}). Title … Journal volume(number), pages. doi:…
//
// Component: … Ranges: Mw … to …, r_rup below … km, vs30 … to … m/s. Region: … Standard deviations:
// … Equations: … Coefficients: …

#include "model_base.hpp"

namespace shakefield::gmm {{
namespace {{

struct Coefficients {{
  double c0, c1, c2, h;  // Table …: magnitude and distance
  double tau, phi;       // Table …
}};

constexpr Row<Coefficients> table[] = {{
    {{pga, {{-1.0, 0.8, -1.5, 6.0, 0.35, 0.55}}}},
    {{0.1, {{-0.4, 0.7, -1.5, 7.0, 0.38, 0.57}}}},
    {{1.0, {{-2.5, 1.1, -1.4, 5.0, 0.36, 0.58}}}},
}};

class {name} final : public ModelBase<Coefficients> {{
 public:
  explicit {name}(const Binding& b) : ModelBase(b, table) {{}}

  void evaluate(const GmmInput& in, const GmmOutput& out) const override {{
    const auto magnitude =
        per_imt([&](const Coefficients& c) {{ return c.c0 + c.c1 * (in.mag - 6); }});

    for_each_site(in, out, [&](const Sites& sites) {{
      const Real r_rup = sites[in.r_rup];
      for (std::size_t m = 0; m < size(); ++m) {{
        const Coefficients& c = coefficients()[m];
        // Eq. …
        const Real distance = c.c2 * log(sqrt(square(r_rup) + square(c.h)));
        sites.put(m, magnitude[m] + distance, between_within(c.tau, c.phi));
      }}
    }});
  }}
}};

}}  // namespace

Entries {file}() {{
  return {{entry<{name}>(
      {{.name = "{name}",
       .setting = "{setting}",
       .publication = "{authors} ({year}), …, doi:…",
       .component = "…",
       .region = "…",
       .needs = Needs::mag | Needs::r_rup,
       .mag = {{4, 8}},
       .distance_km = {{0, 300}}}},
      table)}};
}}

}}  // namespace shakefield::gmm
"""


def snake_case(name):
    """BooreEtAl2014 -> boore_et_al_2014."""
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Z])", "_", name).lower()


def authors_and_year(name):
    year = re.search(r"\d{4}", name)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:year.start()])
    words = re.sub(r"(\w+) (\w+)$", r"\1 and \2", words) if " Et " not in words else words.replace(" Et Al", " et al.")
    return words, year[0]


def add_to_list(path, line):
    """Puts a MODEL line at its sorted place."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [text for text in lines if not text.startswith("MODEL(")]
    models = sorted([text for text in lines if text.startswith("MODEL(")] + [line])
    path.write_text("\n".join(head + models) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="as jobs write it: AuthorsYear, with capitals")
    parser.add_argument("--setting", choices=SETTINGS, default="crust")
    parser.add_argument("--root", type=pathlib.Path, default=ROOT, help="root of the source tree")
    options = parser.parse_args()
    name, setting, rooms = options.name, options.setting, options.root / "src/gmm"
    if not re.fullmatch(r"([A-Z][A-Za-z]*)+\d{4}[A-Za-z]*", name):
        print(f"error: '{name}' is no name of a model (capitals and a year are expected), write for example BooreEtAl2014",
              file=sys.stderr)
        return 2
    file, models = snake_case(name), rooms / "models.def"
    source = rooms / setting / f"{file}.cpp"
    if source.exists() or re.search(rf"\b{file}\)", models.read_text(encoding="utf-8")):
        print(f"error: {file} is there already (a model has one file), choose another name", file=sys.stderr)
        return 2
    authors, year = authors_and_year(name)
    source.parent.mkdir(exist_ok=True)
    source.write_text(SOURCE.format(name=name, setting=setting, file=file, authors=authors, year=year), encoding="utf-8")
    if tool := shutil.which("clang-format-14") or shutil.which("clang-format"):
        subprocess.run([tool, "-i", f"--style=file:{ROOT}/.clang-format", source], check=True)
    add_to_list(models, f"MODEL({setting}, {file})")
    print(f"""\
{source.relative_to(options.root)}: the class, with a table to fill; answer its "…"
src/gmm/models.def: MODEL({setting}, {file})

Next:
1. write the equations and coefficients (src/gmm/README.md says how)
2. put values of another program or of the publication into tests/verification/data/gsim/{name}.csv:
   input columns ({', '.join(('mag', 'vs30', 'rrup'))} …), then PGA:mean,PGA:sigma,PGA:tau,PGA:phi for each IMT
3. build, and run ctest -R 'gmm/models|verification/gmm_tables'
4. shakefield gmm list --markdown > docs/models.md""")
    return 0


if __name__ == "__main__":
    sys.exit(main())
