# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""What the scripts that draw a result file share: options of the picture, its title and end, how errors are told."""

import pathlib
import sys
import textwrap

import matplotlib.pyplot as plt

from shakefield_reader import Results, warn_if_incomplete


def add_picture_options(parser, dpi):
    parser.add_argument("--dpi", type=int, default=dpi)
    add_output_option(parser)


def add_output_option(parser):
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture to write (default: beside the file)")


def output_of(options, what):
    """Where the picture goes: as asked for, or beside the file."""
    return options.output or options.file.with_name(f"{options.file.stem}_{what}.png")


def run(options, draw):
    """Exit status of a script: draw(results, options) returns the path of its picture, which is told."""
    try:
        with Results(options.file) as results:
            warn_if_incomplete(results)
            output = draw(results, options)
    except (OSError, KeyError, ValueError, IndexError) as error:
        print(f"error: {error.args[0] if isinstance(error, KeyError) else error}", file=sys.stderr)
        return 2
    print(output)
    return 0


def save(figure, output, dpi):
    figure.savefig(output, dpi=dpi, bbox_inches="tight", pad_inches=0.12)
    plt.close(figure)


def set_title(figure, title, results, size):
    """The title, and what the job calls itself, in as many lines as it takes."""
    description = results.attribute("description", "")
    characters = int(figure.get_figwidth() * 72 / (0.6 * size))
    text = textwrap.fill(f"{title} — {description}" if description else title, characters)
    figure.suptitle(text, fontsize=size, fontweight="bold", x=0.01, ha="left")
