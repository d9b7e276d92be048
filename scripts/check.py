#!/usr/bin/python3
"""Runs every test of a build: the unit tests with ctest, then the text tests with lit.

Ends with one line that sums both, `N passed, N failed, N skipped`, and exits with 0 only if something passed and
nothing failed.

    scripts/check.py BUILD_FOLDER
"""

import json
import os
import pathlib
import subprocess
import sys
from collections import Counter
from xml.etree import ElementTree


def unitOutcome(case):
    """Outcome of one test case of ctest's JUnit file."""
    if case.find("failure") is not None or case.get("status") == "fail":
        return "failed"
    skipped = case.find("skipped")
    if skipped is None:
        return "passed"
    # A test that skips itself says so by a property; anything else that did not run is missing, which is a failure.
    return "skipped" if skipped.get("message", "").startswith("SKIP_") else "failed"


def runUnitTests(build, jobs):
    report = build / "unit-tests.xml"
    report.unlink(missing_ok=True)
    status = subprocess.run(
        ["ctest", "--test-dir", build, "-j", jobs, "--output-on-failure", "--progress", "--no-tests=ignore",
         "--output-junit", report]).returncode
    outcomes = Counter(map(unitOutcome, ElementTree.parse(report).iter("testcase"))) if report.exists() else Counter()
    return orOneFailure(outcomes, status)


LIT_OUTCOMES = {
    "PASS": "passed", "FLAKYPASS": "passed", "XFAIL": "passed",
    "UNSUPPORTED": "skipped", "SKIPPED": "skipped", "EXCLUDED": "skipped",
}


def litProgram(build):
    for line in (build / "CMakeCache.txt").read_text().splitlines():
        if line.startswith("LLVM_DIR:"):
            prefix = pathlib.Path(line.split("=", 1)[1]).parents[2]
            return prefix / "bin" / "lit"
    sys.exit(f"check: `{build}` is not a configured build folder")


def runTextTests(build, jobs):
    report = build / "lit.json"
    report.unlink(missing_ok=True)
    status = subprocess.run(
        [sys.executable, litProgram(build), "-sv", "--order=smart", "-j", jobs, "-o", report, build / "test"]).returncode
    tests = json.loads(report.read_text())["tests"] if report.exists() else []
    outcomes = Counter(LIT_OUTCOMES.get(test["code"], "failed") for test in tests)
    return orOneFailure(outcomes, status)


def orOneFailure(outcomes, status):
    """A runner that failed without naming a test counts as one failure."""
    if status != 0 and not outcomes["failed"]:
        outcomes["failed"] += 1
    return outcomes


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    jobs = str(os.cpu_count() or 1)
    total = runUnitTests(build, jobs) + runTextTests(build, jobs)
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped", flush=True)
    sys.exit(0 if total["passed"] and not total["failed"] else 1)


if __name__ == "__main__":
    main()
