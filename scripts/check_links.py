#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Checks that links between the Markdown files, and to files of the tree, lead somewhere."""

import argparse
import pathlib
import re
import sys
import urllib.parse

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
CODE_FENCE = re.compile(r"^(```|~~~).*?^\1", re.S | re.M)
INLINE_CODE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.M)


def blank(match):
    """Spaces in place of a match, so that line numbers stay."""
    return re.sub(r"[^\n]", " ", match[0])


def anchors(text):
    """Anchors of the headings, made as the common hosts make them."""
    found = set()
    for heading in HEADING.findall(CODE_FENCE.sub(blank, text)):
        slug = re.sub(r"[^\w\- ]", "", heading.lower().replace("`", "")).strip().replace(" ", "-")
        number, name = 0, slug
        while name in found:
            number += 1
            name = f"{slug}-{number}"
        found.add(name)
    return found


def check_file(path, root):
    text = path.read_text(encoding="utf-8")
    prose = INLINE_CODE.sub(blank, CODE_FENCE.sub(blank, text))
    for link in LINK.finditer(prose):
        target = link[1]
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        place = f"{path.relative_to(root)}:{text.count(chr(10), 0, link.start()) + 1}"
        name, _, anchor = urllib.parse.unquote(target).partition("#")
        file = (path.parent / name) if name else path
        if not file.exists():
            yield f"{place}: '{target}' does not exist"
        elif root.resolve() not in file.resolve().parents and file.resolve() != root.resolve():
            yield f"{place}: '{target}' lies outside the project"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
            yield f"{place}: no heading '#{anchor}' in {file.resolve().relative_to(root.resolve())}"


def check(root):
    findings = []
    for path in sorted(root.rglob("*.md")):
        if not {"build", ".git"} & set(path.relative_to(root).parts):
            findings += check_file(path, root)
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1])
    findings = check(parser.parse_args().root)
    print("\n".join(findings), end="\n" if findings else "", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
