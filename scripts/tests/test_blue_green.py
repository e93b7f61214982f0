"""The switch, against a cluster that is played."""

import re
import shutil
import subprocess
import unittest

from .cluster import SCRIPTS, OnCluster

_RELEASE = "registry.example/mercer:1.1.0"
# The name in the metadata of an object, which is two deep.
_OBJECT = re.compile(r"^metadata:\n(?:  .*\n)*?  name: (.*)$", re.MULTILINE)


class Switch(OnCluster):
    """All is well."""

    def setUp(self):
        super().setUp()
        self.migration("0002_more.sql", "alter table a add column c text;")

    def test_each_step_comes_after_the_one_that_proves_it(self):
        done = self.blue_green(_RELEASE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        steps = [
            "apply -f",
            "delete job mercer-migrate",
            "Job-mercer-migrate.yaml",
            "annotate service mercer-active mercer/migration=2",
            "Deployment-mercer-web-green.yaml",
            '"minReplicas":6',
            "rollout status deployment/mercer-web-green",
            'patch service mercer-active --type=merge --patch {"spec":{"selector":{"mercer/colour":"green"}}}',
            'patch service mercer-preview --type=merge --patch {"spec":{"selector":{"mercer/colour":"blue"}}}',
            '"minReplicas":3',
            "Deployment-mercer-worker.yaml",
            "rollout status deployment/mercer-worker",
        ]
        order = [self.index(step) for step in steps]
        self.assertEqual(order, sorted(order), self.calls())
        self.assertEqual(self.led_to(), ["green"])

    def test_the_release_goes_into_the_idle_colour_alone(self):
        self.blue_green(_RELEASE)
        applied = self.read("applied")
        self.assertEqual(applied.count(f"image: {_RELEASE}\n"), 3, "the job, green and the worker")
        self.assertIn("image: registry.example/mercer-backup:1.0.0", applied)
        self.assertNotIn("mercer-web-blue", applied)
        self.assertNotIn("kind: Service\n", applied, "to apply a service again would lead everybody back to blue")

    def test_every_pod_is_warmed_with_every_page(self):
        self.blue_green(_RELEASE)
        visited = self.read("visited").splitlines()
        # Two pods, and once more in the smoke test.
        self.assertEqual(visited.count("/categories/pots"), 3)

    def test_a_dry_run_prints_the_commands_and_runs_none(self):
        done = self.blue_green("--dry-run", _RELEASE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.calls(), [])
        for command in ("delete job", "apply", "rollout status", "port-forward", "patch service mercer-active", "smoke"):
            self.assertRegex(done.stdout, f"would run: .*{command}")

    def test_a_release_has_a_version(self):
        for image in ("registry.example/mercer", "registry.example:5000/mercer", "registry.example/mercer:latest"):
            self.assertEqual(self.blue_green(image).returncode, 2, image)

    def test_going_back_by_hand(self):
        done = self.blue_green("--rollback")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.led_to(), ["green"])
        self.assertLess(self.index("rollout status deployment/mercer-web-green"), self.index("patch service mercer-active"))
        self.index("rollout undo deployment/mercer-worker")
        self.assertNotIn("apply", " ".join(self.calls()))

    def test_going_back_does_not_wait_for_a_colour_that_is_slow(self):
        self.scenario(rollout="deployment/mercer-web-green")
        self.assertEqual(self.blue_green("--rollback").returncode, 0)
        self.assertEqual(self.led_to(), ["green"])


class Overlay(OnCluster):
    """What `k8s/overlays/blue-green` makes is what the script takes apart."""

    def test_the_real_one(self):
        if not shutil.which("kubectl"):
            self.skipTest("kubectl is not installed")
        overlay = SCRIPTS.parent / "k8s" / "overlays" / "blue-green"
        made = subprocess.run(["kubectl", "kustomize", overlay], capture_output=True, text=True, check=True).stdout
        (self.home / "overlay.yaml").write_text(made)
        done = self.blue_green("registry.example/mercer:9.9.9")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        applied = self.read("applied")
        self.assertEqual(applied.count("image: registry.example/mercer:9.9.9\n"), 3, "the job, green and the worker")
        self.assertIn("image: registry.example/mercer-backup:", applied)
        self.assertNotIn("mercer-web-blue", applied)
        # Everything else of it is applied, each object once.
        left_out = ("-blue", "mercer-active", "mercer-preview")
        names = [name for name in _OBJECT.findall(made) if not name.endswith(left_out)]
        self.assertEqual(sorted(_OBJECT.findall(applied)), sorted(names))
        # As many pods as the other colour has, and back to what the overlay says.
        floors = re.findall(r'"minReplicas":(\d+)', " ".join(self.calls()))
        self.assertEqual(floors[0], "6")
        self.assertIn(f"minReplicas: {floors[1]}\n", made)


class NotYet(OnCluster):
    """What goes wrong before the switch leads nobody anywhere."""

    def refused(self, *options, says):
        """Fails, says why, and has not switched."""
        done = self.blue_green(*options, _RELEASE)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(says, done.stderr)
        self.assertEqual(self.led_to(), [])

    def test_a_migration_that_takes_away(self):
        self.migration("0002_less.sql", "alter table a drop column b;")
        self.refused(says="alter table … drop column b")
        self.assertEqual(self.calls(), [], "nothing at all was changed")

    def test_one_that_was_accepted_by_name(self):
        self.migration("0002_less.sql", "alter table a drop column b;")
        self.assertEqual(self.blue_green("--accept", "migrations/0002_less.sql", _RELEASE).returncode, 0)

    def test_one_that_is_in_the_database_already(self):
        self.migration("0001_shop.sql", "drop table z;")
        self.assertEqual(self.blue_green(_RELEASE).returncode, 0)

    def test_a_database_that_nobody_knows(self):
        self.scenario(answers={r"service mercer-active .*migration": ""})
        self.refused(says="--applied")
        self.assertEqual(self.calls(), [])

    def test_a_service_without_a_colour(self):
        self.scenario(answers={r"service mercer-active .*colour": ""})
        self.refused(says="leads to no colour")

    def test_a_migration_that_fails(self):
        self.scenario(migration="fails", log="relation exists already")
        self.refused(says="relation exists already")
        self.assertNotIn("mercer-web-green.yaml", " ".join(self.calls()))
        self.assertNotIn("annotate", " ".join(self.calls()))

    def test_pods_that_do_not_come_up(self):
        self.scenario(rollout="deployment/mercer-web-green")
        self.refused(says="green does not come up")

    def test_a_page_that_does_not_answer(self):
        self.scenario(broken=["/categories/pots"])
        self.refused(says="does not answer every page")

    def test_a_smoke_test_that_fails(self):
        self.scenario(broken=["/checkout"])
        self.refused(says="does not answer as it should")


class Back(OnCluster):
    """What goes wrong after the switch leads everybody back."""

    def led_back(self, says):
        """Fails, says why, and has switched twice; the worker was left alone."""
        done = self.blue_green(_RELEASE)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(says, done.stderr)
        self.assertEqual(self.led_to(), ["green", "blue"])
        self.assertNotIn("mercer-worker", " ".join(self.calls()))

    def test_answers_that_fail(self):
        self.scenario(failures=40)
        self.led_back("80 of 2080 answers were failures")

    def test_a_few_of_many_are_borne(self):
        self.scenario(failures=9)
        self.assertEqual(self.blue_green(_RELEASE).returncode, 0)
        self.assertEqual(self.led_to(), ["green"])

    def test_pods_that_are_not_ready(self):
        ready = r"deployment mercer-web-\w+ .*readyReplicas"
        self.scenario(answers={ready: "6"}, then={ready: "2"})
        self.led_back("2 of 6 pods are ready")

    def test_a_pod_that_is_started_anew(self):
        self.scenario(then={r"pods .*restartCount": "0\n1\n"})
        self.led_back("a pod was started anew")

    def test_metrics_that_are_gone(self):
        self.scenario(silent_after_switch=True)
        self.led_back("the metrics cannot be read")

    def test_somebody_who_ends_the_script(self):
        self.assertEqual(self.interrupt_blue_green(when="patch service mercer-preview"), 143)
        self.assertEqual(self.led_to(), ["green", "blue"])


if __name__ == "__main__":
    unittest.main()
