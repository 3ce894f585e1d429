"""What becomes of a failed check of the oracle: which may be undetermined, by what Keras itself makes of the training.

second_opinion_test.py ANTLER    where ANTLER is the command, which is not asked
"""
import collections
import json
import pathlib
import sys

import numpy as np

import harness
from harness import BOTH, KerasTest, formats, is_keras_2, keras

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "oracle"))
import parity  # noqa: E402
import second_opinion  # noqa: E402
from second_opinion import ONEDNN, USUAL, XLA, Failure, is_undetermined, read_failure  # noqa: E402

LIMITS = {"history": 2e-3, "predictions": 5e-3, "one more epoch": 5e-3}


def failed(check, file="k3-7-0001/model.keras", gap="5.47e-03", limit="5e-03"):
    """A line as check_cases.py prints it."""
    return f"FAIL {check} {file} [Conv2D Dense; smoothed] differs by {gap}, limit {limit}"


class Lines(KerasTest):
    def test_a_line_of_a_training_is_read(self):
        for check in ("fit history", "fit predictions", "Keras trains on from antler's file"):
            self.assertEqual(read_failure(failed(check)), Failure(check, "k3-7-0001", "model.keras", 5.47e-3, 5e-3))

    def test_no_other_check_is_a_matter_of_rounding(self):
        for check in ("predict", "evaluate", "Keras predicts from antler's file", "Keras loads antler's file", "fit"):
            self.assertIsNone(read_failure(failed(check)))
        self.assertIsNone(read_failure("FAIL fit k3-7-0001/model.keras [Dense; smoothed] exit 1: no such layer"))
        self.assertIsNone(read_failure("12 passed, 1 failed"))

    def test_nan_and_other_shapes_and_lines_that_were_cut_stay_failures(self):
        for line in (failed("fit history", gap="nan"), failed("fit history", gap="inf"), failed("fit history")[:-1]):
            self.assertIsNone(read_failure(line))


class Rule(KerasTest):
    def test_keras_must_miss_its_record_by_half_the_limit_with_another_rounding(self):
        self.assertTrue(is_undetermined(5e-3, {USUAL: 0.0, XLA: 2.5e-3, ONEDNN: 0.0}))
        self.assertTrue(is_undetermined(5e-3, {USUAL: 0.0, XLA: 0.0, ONEDNN: 1.0}))
        self.assertFalse(is_undetermined(5e-3, {USUAL: 0.0, XLA: 2.4e-3, ONEDNN: 2.4e-3}))

    def test_a_record_that_keras_misses_as_usual_too_is_no_matter_of_rounding(self):
        self.assertFalse(is_undetermined(5e-3, {USUAL: 2.5e-3, XLA: 1.0, ONEDNN: 1.0}))

    def test_who_does_not_answer_or_ends_in_nan_has_no_opinion(self):
        self.assertTrue(is_undetermined(5e-3, {USUAL: 0.0, XLA: 1.0}))
        for own in ({}, {USUAL: 0.0}, {XLA: 1.0}, {USUAL: 0.0, XLA: float("nan")}, {USUAL: float("nan"), XLA: 1.0}):
            self.assertFalse(is_undetermined(5e-3, own))


class Counts(KerasTest):
    def test_a_case_counts_once_and_a_check_each(self):
        lines = [failed("predict"), *(failed(check).replace("FAIL", "UNDETERMINED") for check in second_opinion.GAPS),
                 "712 passed, 4 failed"]
        self.assertEqual(parity.count(lines, False),
                         {"passed": 712, "failed": 1, "undetermined": 3, "undetermined cases": 1})

    def test_one_that_stopped_before_its_end_or_had_nothing_to_check_failed(self):
        for lines in (["Traceback"], [], ["0 passed, 0 failed"]):
            self.assertEqual(parity.count(lines, False)["failed"], 1)

    def test_more_than_three_undetermined_cases_in_a_hundred_are_too_many(self):
        def is_well(**counts):
            return parity.is_well(collections.Counter({"cases": 100, **counts}))

        self.assertTrue(is_well(**{"undetermined cases": 3}))
        self.assertFalse(is_well(**{"undetermined cases": 4}))
        self.assertFalse(is_well(failed=1))


class Keras(KerasTest):
    """A training that rounding does not decide, as make_cases.py records it."""

    def record(self, library, **changes):
        """The folder of the case, and the name of its file: Keras 3 cannot train on from the .h5 that it writes."""
        library.utils.set_random_seed(3)
        model = library.Sequential([library.Input((4,)), library.layers.Dense(5, "tanh"), library.layers.Dense(2)])
        model.compile("sgd", library.losses.MeanSquaredError())
        x = np.random.default_rng(1).normal(size=(12, 4)).astype("float32")
        y = x[:, :2] * x[:, 2:]
        case = self.folder / "case"
        case.mkdir(exist_ok=True)
        file = f"model{formats(library)[0]}"
        model.save(case / file)

        def losses(epochs):
            return model.fit(x, y, batch_size=4, epochs=epochs, shuffle=False, verbose=0).history["loss"]

        record = {"format": "keras2" if is_keras_2(library) else "keras3", "fit": {"batch_size": 4, "epochs": 3},
                  "history": {"loss": losses(3)}}
        for name, array in {"x": x, "y": y, "trained": model.predict(x, verbose=0)}.items():
            np.save(case / f"{name}.npy", array)
        record["loss_of_one_more_epoch"] = losses(1)[0]
        (case / "case.json").write_text(json.dumps(record | changes))
        return case, file

    def test_it_keeps_to_its_record_with_every_rounding(self):
        for name, library in BOTH.items():
            case, file = self.record(library)
            for rounding in (USUAL, XLA, ONEDNN):
                with self.subTest(f"{name} {rounding}"):
                    gaps = second_opinion.ask(case, file, rounding)
                    if rounding == ONEDNN and not gaps:
                        self.skipTest("TensorFlow died of oneDNN")
                    self.assertEqual(gaps.keys(), LIMITS.keys())
                    for measure, limit in LIMITS.items():
                        self.assertLess(gaps[measure], limit / 10)

    def judge(self, case, file):
        [judged] = second_opinion.judge([failed("fit history", f"case/{file}", "3.00e-01", "2e-03")], case.parent)
        return judged

    def test_a_defect_of_antler_stays_a_failure(self):
        case, file = self.record(keras)
        self.assertRegex(self.judge(case, file), r"^FAIL .*; Keras itself: \S+ as usual, \S+ with XLA")

    def test_a_record_that_is_not_keras_s_stays_a_failure(self):
        case, file = self.record(keras, history={"loss": [9.0, 9.0, 9.0]})
        self.assertRegex(self.judge(case, file), r"^FAIL .*; Keras itself: \S+e-01 as usual, \S+e-01 with XLA")

    def test_a_file_that_predicts_wrongly_is_not_asked_about(self):
        lines = [failed("predict"), failed("fit history")]
        self.assertEqual(second_opinion.judge(lines, self.folder), lines)


if __name__ == "__main__":
    harness.main()
