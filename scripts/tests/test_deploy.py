"""What operators are given to fill in is what the shop and the scripts read."""

import re
import unittest

from .cluster import SCRIPTS

_ROOT = SCRIPTS.parent
_SETTING = re.compile(r"^#?([A-Z][A-Z0-9_]+)=(.*)$", re.MULTILINE)
# Whose names are not the shop's own.
_OTHERS = re.compile(r"^(AWS_|BACKUP_|RUST_LOG$|(POSTGRES|REDIS)_PASSWORD$)")


class Settings(unittest.TestCase):
    """deploy/mercer.env.example."""

    def setUp(self):
        self.text = (_ROOT / "deploy" / "mercer.env.example").read_text()
        self.given = dict(_SETTING.findall(self.text))
        rows = re.findall(r"^\| `([A-Z_]+)` \| ([^|]*) \|", (_ROOT / "docs" / "development.md").read_text(), re.MULTILINE)
        self.known = {name: default.strip() for name, default in rows}

    def test_each_is_one_that_the_shop_reads(self):
        self.assertEqual([name for name in self.given if name not in self.known and not _OTHERS.match(name)], [])

    def test_what_the_shop_cannot_do_without_is_there(self):
        required = [name for name, default in self.known.items() if default == "none, required"]
        self.assertGreaterEqual(len(required), 4)
        self.assertEqual([name for name in required if name not in self.given], [])

    def test_those_of_the_backup_are_read_by_it(self):
        script = (SCRIPTS / "backup").read_text()
        self.assertEqual([name for name in self.given if name.startswith("BACKUP_") and name not in script], [])

    def test_every_reader_takes_each_line_alike(self):
        for line in self.text.splitlines():
            self.assertRegex(line, r"^(#.*|[A-Z][A-Z0-9_]*=[^\"'#$]*|)$")

    def test_no_secret_is_given(self):
        for name, value in self.given.items():
            if re.search("SECRET|PASSWORD|_KEY", name):
                self.assertEqual(value, "", name)


class Reach(unittest.TestCase):
    """What is reached from outside, in deploy/compose.yaml."""

    def test_only_the_proxy_is(self):
        published = re.findall(r"^ +ports: (.*)$", (_ROOT / "deploy" / "compose.yaml").read_text(), re.MULTILINE)
        self.assertEqual(published, ['["80:80", "443:443", "443:443/udp"]'])


if __name__ == "__main__":
    unittest.main()
