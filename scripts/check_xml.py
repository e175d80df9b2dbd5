"""Check that XML files can be parsed and keep to one indentation: check_xml.py FILE..."""

import sys

from lxml import etree


def problems(path):
    """Yield (line, message) for everything wrong with one file."""
    try:
        etree.parse(path)
    except etree.XMLSyntaxError as error:
        yield error.lineno, error.msg
        return
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if "\t" in line:
                yield number, "tab: indent with spaces"
            if line.rstrip("\n") != line.rstrip():
                yield number, "white space at the end of the line"


def main():
    found = 0
    for path in sys.argv[1:]:
        for number, message in problems(path):
            print(f"{path}:{number}: {message}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
