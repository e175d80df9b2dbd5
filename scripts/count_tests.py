"""Add up pytest's JUnit files: count_tests.py FOLDER...

Prints what failed or was skipped, then one line "N passed, N failed". A skipped test counts as
failed, and a run without any test ends with an error: both would hide that something is untested.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree


def count(folders):
    """Return (passed, list of names of the tests that failed or did not run)."""
    passed, bad = 0, []
    for report in sorted(path for folder in folders for path in Path(folder).glob("*.xml")):
        for case in ElementTree.parse(report).iter("testcase"):
            trouble = [tag for tag in ("failure", "error", "skipped") if case.find(tag) is not None]
            if trouble:
                bad.append(f"{trouble[0]}: {case.get('classname')}.{case.get('name')}")
            else:
                passed += 1
    return passed, bad


def main():
    passed, bad = count(sys.argv[1:])
    for line in bad:
        print(line)
    if not passed and not bad:
        print("no test was run")
    print(f"{passed} passed, {len(bad)} failed")
    return 1 if bad or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
