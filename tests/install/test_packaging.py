#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_packaging.py BUILD: what packages are made of: pages, completions,
lists of what is needed, and files that other machines run."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "npm"))
import harness
import install as npm

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
ROOT = harness.ROOT
OPTIONS = re.findall(r'^OPTION\(\w+,\s*"([^"]+)",\s*(\S+?),\s*(\w+),',
                     (ROOT / "src/book/options.def").read_text(), re.M)


def needs(tool):
    return unittest.skipUnless(shutil.which(tool), f"{tool} is not installed")


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=60,
                          **more)


def text_of(name):
    return (ROOT / name).read_text()


class Completions(unittest.TestCase):
    FILES = {"bash": "blog2book", "zsh": "_blog2book",
             "fish": "blog2book.fish"}

    def file(self, shell):
        return BUILD / "completions" / self.FILES[shell]

    def bash_offers(self, *words):
        """What bash offers for the last of WORDS."""
        script = ('compopt() { :; }; source "$0"; COMP_WORDS=("$@"); '
                  'COMP_CWORD=$(($# - 1)); _blog2book; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        result = run("bash", "-c", script, self.file("bash"), "blog2book",
                     *words, cwd=ROOT)
        self.assertEqual(result.stderr, "")
        return set(result.stdout.split())

    def test_bash_options(self):
        want = {f"--{name}" for name, _, _ in OPTIONS}
        got = {w.rstrip("=") for w in self.bash_offers("--")}
        self.assertEqual(got, want | {"--help", "--version"})

    def test_bash_values(self):
        self.assertEqual(self.bash_offers("--color", "=", "a"),
                         {"auto", "always"})
        self.assertEqual(self.bash_offers("--chapter-start", "=", ""),
                         {"page", "recto", "continue"})
        self.assertEqual(self.bash_offers("--title", ""), set())
        self.assertIn("LICENSE", self.bash_offers("--css", "=", "LIC"))
        self.assertIn("LICENSE", self.bash_offers("LIC"))
        self.assertEqual(self.bash_offers("--font-dir", "=", "sam"),
                         {"samples"})
        self.assertEqual(self.bash_offers("--epub", "--pd"), {"--pdf"})

    @needs("zsh")
    def test_zsh(self):
        result = run("zsh", "-n", self.file("zsh"))
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_zsh_options(self):
        text = self.file("zsh").read_text()
        self.assertTrue(text.startswith("#compdef blog2book\n"))
        for name, short, _ in OPTIONS:
            self.assertRegex(text, rf"(?m)^    '\*?--{name}(=-?)?[\[:' ]")
            if short != "0":
                short = short.strip("'")
                self.assertRegex(text, rf"(?m)^    '\*?-{short}\+?\[")

    @needs("fish")
    def test_fish(self):
        with tempfile.TemporaryDirectory() as home:
            env = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home,
                   "XDG_DATA_HOME": home}

            def offers(line):
                result = run("fish", "--no-config", "-c",
                             f"source {self.file('fish')}; "
                             f"complete -C '{line}'", env=env)
                self.assertEqual(result.returncode, 0, result.stderr)
                return {w.split("\t")[0] for w in result.stdout.splitlines()}

            got = {w.rstrip("=") for w in offers("blog2book --")}
            for name, _, _ in OPTIONS:
                self.assertIn(f"--{name}", got)
            self.assertEqual(offers("blog2book --color "),
                             {"auto", "always", "never"})


class Pages(unittest.TestCase):
    @needs("mandoc")
    def test_lint(self):
        for page in sorted((ROOT / "docs").glob("*.[15]")):
            result = run("mandoc", "-T", "lint", page)
            # Our other page need not be installed on this machine.
            told = [line for line in result.stdout.splitlines()
                    if "referenced manual not found: Xr blog2book" not in line]
            self.assertEqual(told, [])


def quickstart_list(name):
    found = re.search(rf'^{name}="([^"]*)"', text_of("quickstart"), re.M)
    return set(found[1].split())


class Needs(unittest.TestCase):
    """quickstart's lists are right: tests run with them."""

    def test_debian(self):
        control = text_of("debian/control").split("\nPackage:")[0]
        listed = re.search(r"^Build-Depends:\n((?: .*\n)+)", control, re.M)[1]
        names = set(re.findall(r"^ ([\w.+-]+)", listed, re.M))
        # These are what any Debian package is built with.
        want = quickstart_list("apt_build") - {"ninja-build", "gcc",
                                               "libc6-dev"}
        self.assertEqual(want - names, set())
        known = want | quickstart_list("apt_test") | quickstart_list(
            "apt_fonts") | {"debhelper-compat", "python3"}
        self.assertEqual(names - known, set())

    def test_container(self):
        text = text_of("Containerfile").replace("\\\n", " ")
        stages = [re.search(r"--no-install-recommends\s+(.*?)(&&|$)", line)
                  for line in text.splitlines() if "apt-get install" in line]
        build, final = (set(s[1].split()) for s in stages)
        self.assertEqual(
            quickstart_list("apt_build")
            - {"ninja-build", "gcc", "libc6-dev"} - build, set())
        self.assertEqual(
            build - quickstart_list("apt_build"),
            {"build-essential", "debhelper", "python3"})
        self.assertEqual(
            final, quickstart_list("apt_fonts")
            | {"/src/blog2book_*.deb", "ca-certificates"})
        for line in text.splitlines():
            self.assertRegex(line, r"^(#.*|(FROM|RUN|COPY|WORKDIR|LABEL|ENV|"
                             r"USER|ENTRYPOINT|CMD) .+|)$")
        for form in re.findall(r"^(?:ENTRYPOINT|CMD) (.*)$", text, re.M):
            self.assertIsInstance(json.loads(form), list)

    def test_nocheck(self):
        """Who leaves the tests out need not install what they need: that is
        asked for by the profile, not by the option."""
        for name in ("Containerfile", "docs/packages.md",
                     ".github/workflows/ci.yml"):
            calls = re.findall(r"(?<!Without )DEB_BUILD_OPTIONS=nocheck (.*)",
                               text_of(name))
            self.assertTrue(calls, name)
            for call in calls:
                self.assertTrue(call.startswith("dpkg-buildpackage -Pnocheck "),
                                name)

    def test_homebrew(self):
        formula = text_of("packaging/homebrew/blog2book.rb")
        names = set(re.findall(r'depends_on "([^"]+)"', formula))
        self.assertEqual(names, quickstart_list("brew_build"))

    @needs("ruby")
    def test_homebrew_syntax(self):
        result = run("ruby", "-c", ROOT / "packaging/homebrew/blog2book.rb")
        self.assertEqual(result.returncode, 0, result.stderr)


class Scripts(unittest.TestCase):
    @needs("shellcheck")
    def test_shellcheck(self):
        listed = run("git", "-C", ROOT, "ls-files", "-z").stdout.split("\0")
        scripts = []
        for name in filter(None, listed):
            path = ROOT / name
            if path.is_file() and path.suffix in ("", ".sh"):
                first = path.read_bytes()[:40].split(b"\n")[0]
                if re.match(rb"#!.*\b(ba|)sh$", first):
                    scripts.append(path)
        if not listed[0]:
            self.skipTest("no repository of git")
        self.assertIn(ROOT / "quickstart", scripts)
        result = run("shellcheck", *scripts, self.bash_completion())
        self.assertEqual(result.stdout, "")

    def bash_completion(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        script = pathlib.Path(folder.name, "completion.bash")
        shutil.copy(BUILD / "completions/blog2book", script)
        return script


class Action(unittest.TestCase):
    """packaging/action/run does what action.yml says."""

    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        harness.post(self.dir / "my blog", "a.md", "text")

    def run_it(self, **inputs):
        output = self.dir / "output"
        output.write_text("")
        env = {**os.environ, "GITHUB_OUTPUT": str(output),
               "RUNNER_TEMP": str(self.dir),
               "BLOG2BOOK_DATADIR": str(ROOT),
               "PATH": f"{BUILD / 'src'}:{os.environ['PATH']}"}
        env |= {f"INPUT_{k.upper()}": v for k, v in inputs.items()}
        result = run(ROOT / "packaging/action/run", env=env, cwd=self.dir)
        files = re.search(r"^files<<(\S+)\n(.*?)^\1\n", output.read_text(),
                          re.M | re.S)
        return result, files and files[2].splitlines()

    def test_book(self):
        result, files = self.run_it(
            path="my blog\n", epub="out/a b.epub", pdf="",
            args="--offline --title=X")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(files, ["out/a b.epub"])
        self.assertTrue((self.dir / "out/a b.epub").exists())
        report = json.loads((self.dir / "blog2book-report.json").read_text())
        self.assertIn("outputs", report)

    def test_no_commands(self):
        """An input is no command, and an argument a line keeps its blanks."""
        result, files = self.run_it(
            path="my blog", epub="a.epub",
            args="--offline\n--title=$(touch hit); `touch hit`\n")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertFalse((self.dir / "hit").exists())
        self.assertEqual(files, ["a.epub"])

    def test_loss(self):
        harness.post(self.dir / "my blog", "b.md", "![x](gone.png)")
        inputs = {"path": "my blog", "epub": "a.epub", "args": "--offline"}
        result, files = self.run_it(**inputs)
        self.assertEqual(result.returncode, 1)
        self.assertIn("::warning file=", result.stderr)
        self.assertEqual(files, ["a.epub"])
        result, _ = self.run_it(**inputs, fail_on_loss="false")
        self.assertEqual(result.returncode, 0)

    def test_older_book(self):
        """A run that publishes nothing names no book."""
        (self.dir / "a.epub").write_text("older")
        result, files = self.run_it(path="none", epub="a.epub",
                                    args="--offline")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertEqual(files, [])


class Bill(unittest.TestCase):
    @needs("dpkg-query")
    def test_sbom(self):
        command = (sys.executable, ROOT / "packaging/sbom.py",
                   BUILD / "src/blog2book")
        result = run(*command)
        if "is of no package" in result.stderr:
            self.skipTest("a library does not come from a package")
        self.assertEqual(result.returncode, 0, result.stderr)
        bill = json.loads(result.stdout)
        self.assertEqual((bill["bomFormat"], bill["specVersion"]),
                         ("CycloneDX", "1.5"))
        names = {c["properties"][0]["value"] for c in bill["components"]}
        # Linked, and loaded.
        self.assertLessEqual({"cmark-gfm", "libzip", "librsvg"}, names)
        refs = [c["bom-ref"] for c in bill["components"]]
        self.assertEqual(len(refs), len(set(refs)))
        self.assertEqual(bill["dependencies"][0]["dependsOn"], refs)
        self.assertEqual(run(*command).stdout, result.stdout)


class Schemas(unittest.TestCase):
    """GitHub's own schemas of actions and workflows, by action-validator."""

    def validate(self, path):
        modules = npm.modules()
        tool = modules and modules / ".bin/action-validator"
        if not tool or not tool.exists() or not shutil.which("node"):
            self.skipTest("action-validator is not installed")
        # It looks for the files that paths name, and finds ours.
        return run(tool, path, cwd=ROOT)

    def test_valid(self):
        names = [*ROOT.glob(".github/workflows/*.yml"), ROOT / "action.yml",
                 ROOT / "docs/examples/github-matrix.yml"]
        for name in names:
            with self.subTest(name=name.name):
                result = self.validate(name)
                self.assertEqual(result.returncode, 0, result.stdout)

    def test_sees_faults(self):
        with tempfile.TemporaryDirectory() as tmp:
            path = pathlib.Path(tmp, "ci.yml")
            path.write_text(text_of(".github/workflows/ci.yml").replace(
                "runs-on:", "run-on:", 1))
            self.assertNotEqual(self.validate(path).returncode, 0)


class Yaml(unittest.TestCase):
    """What a tool for workflows says first, where there is none."""

    def setUp(self):
        try:
            import yaml
        except ImportError:
            self.skipTest("Python has no yaml")
        self.load = yaml.safe_load

    def test_all_parse(self):
        import yaml
        names = [*ROOT.glob(".github/**/*.yml"), ROOT / "action.yml",
                 *ROOT.glob("docs/examples/*.y*ml"),
                 ROOT / "fonts/fonts.yaml"]
        self.assertGreater(len(names), 5)
        for name in names:
            with self.subTest(name=name.name):
                self.assertTrue(list(yaml.safe_load_all(name.read_text())))

    def check_steps(self, steps, composite):
        ids = {s.get("id") for s in steps}
        for step in steps:
            self.assertEqual(len({"uses", "run"} & step.keys()), 1, step)
            uses = step.get("uses", "./")
            self.assertRegex(uses, r"^(\./|[\w.-]+/[\w.-]+@v\d+$)")
            if composite and "run" in step:
                self.assertIn("shell", step)
        for name in re.findall(r"\bsteps\.(\w+)\.", json.dumps(steps)):
            self.assertIn(name, ids)

    def test_workflow(self):
        for path in ROOT.glob(".github/workflows/*.yml"):
            flow = self.load(path.read_text())
            # "on" is a truth in YAML 1.1.
            self.assertTrue({"name", "jobs", "permissions"} <= flow.keys())
            self.assertTrue("on" in flow or True in flow)
            for job in flow["jobs"].values():
                self.assertIn("runs-on", job)
                self.assertIn("timeout-minutes", job)
                self.check_steps(job["steps"], False)
        flow = self.load(text_of(".github/workflows/ci.yml"))
        commands = [s.get("run") for j in flow["jobs"].values()
                    for s in j["steps"]]
        self.assertIn(".ci/run", commands)
        own = [s for j in flow["jobs"].values() for s in j["steps"]
               if s.get("uses") == "./"]
        inputs = self.load(text_of("action.yml"))["inputs"]
        for step in own:
            self.assertLessEqual(step["with"].keys(), inputs.keys())

    def test_action(self):
        text = text_of("action.yml")
        action = self.load(text)
        self.assertEqual(action["runs"]["using"], "composite")
        steps = action["runs"]["steps"]
        self.check_steps(steps, True)
        used = set(re.findall(r"\binputs\.([\w-]+)", text))
        self.assertEqual(used, set(action["inputs"]))
        for given in action["inputs"].values():
            self.assertLessEqual({"description", "default"}, given.keys())
        # An input in a command would be a command.
        for step in steps:
            self.assertNotIn("${{", step.get("run", ""))
            script = re.search(r"PATH/([\w/]+)", step.get("run", ""))
            if script:
                self.assertTrue(os.access(ROOT / script[1], os.X_OK))
        taken = set(re.findall(r"\bINPUT_[A-Z_]+", text_of(
            "packaging/action/run"))) - {"INPUT_"}
        told = next(s["env"] for s in steps if s.get("id") == "books")
        self.assertLessEqual(taken, told.keys())


harness.main()
