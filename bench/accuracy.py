"""Trains by the recipes from many seeds, and writes how well they read into docs/accuracy.md.

accuracy.py --antler build/antler --digits FOLDER [--fashion FOLDER] [--runs build/accuracy] [--trial] [PART ...]

FOLDER holds train.csv, or its .gz; the other one Fashion-MNIST's IDX files. Without a PART all are measured, which takes hours.
Each training is kept once it has ended, so that what was cut goes on from there; remove build/accuracy to measure anew. A part
goes onto the page when all of it has been measured, and never before. --trial takes one seed, one epoch and two members, to see
that all of it works, and writes nothing.
"""
import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from machine import description
from report import Page, parse_for_page, seconds, table
from runs import Runs

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"
FASHION = pathlib.Path("/usr/share/datasets/fashion-mnist")
# Recipes are chosen by lower ones. `fast` has others, since some before it were given up for what 1001 to 1010 said.
SEEDS = {"lesson": range(1001, 1006), "fast": range(2001, 2011), "best": range(1001, 1006)}
ENSEMBLE_SEED = 1001
PLAIN, MOVED = ("", []), (", read with `--moved`", ["--moved"])
SHIPPED_SEED = 1001  # of scripts/train_shipped_model.sh
MEMBERS, MINUTES = 6, 90
WRITTEN, WRITTEN_SEEDS = 10_000, range(1, 6)
SHOWN = 24


class Accuracy:
    """What the parts share: the data, what is kept of runs, and where pictures go."""

    def __init__(self, arguments, runs_folder):
        self.csv = next(path for path in (arguments.digits / "train.csv", arguments.digits / "train.csv.gz") if path.exists())
        self.fashion = arguments.fashion
        self.trial = arguments.trial
        self.pictures = runs_folder / "images" if arguments.trial else arguments.page.parent / "images"
        self.runs = Runs(arguments.antler, [self.csv], runs_folder)

    def seeds(self, recipe):
        return SEEDS[recipe][:1] if self.trial else SEEDS[recipe]

    def train(self, name, recipe, data, seed, *more):
        """The model's path, and the seconds from the start of the process to the saved model."""
        model = self.runs.model(f"{name}.keras" if recipe != "ensemble" else name)
        short = ["--epochs", 1] if self.trial else []
        run = self.runs.run(model.name, "digits", "train", data, "--recipe", recipe, "--seed", seed, "--verbose", 0, "-o", model,
                            *short, *more)
        return model, run["seconds"]

    def evaluate(self, name, data, model=None, *more):
        """{"accuracy", "loss", "confusion"} of a model, of the shipped one where none is given."""
        which = ["-m", model] if model else []
        run = self.runs.run(f"{name}-read", "digits", "evaluate", data, *which, "--json", "--confusion", *more)
        return json.loads(run["output"])


def percent(share):
    return f"{100 * share:.2f} %"


def spread(shares):
    return f"{100 * statistics.stdev(shares):.3f} %" if len(shares) > 1 else "-"


def summary_row(name, shares, times):
    mean, lowest, highest = (percent(of(shares)) for of in (statistics.mean, min, max))
    ends = f" ({seconds(min(times))} to {seconds(max(times))})" if len(times) > 1 else ""
    lasted = seconds(statistics.median(times)) + ends
    return [name, len(shares), mean, spread(shares), lowest, highest, lasted]


def summary(rows):
    return table(["", "runs", "mean", "standard deviation", "lowest", "highest", "time: median (ends)"], rows)


def each(seeds, shares):
    return "Seed by seed: " + ", ".join(f"{seed}: {100 * share:.2f}" for seed, share in zip(seeds, shares)) + "."


def confusion_table(confusion):
    cells = [[count if count or label == read else "" for read, count in enumerate(row)] for label, row in enumerate(confusion)]
    return table(["label, read as", *range(10)], [[f"**{label}**", *row] for label, row in enumerate(cells)])


def wrong_of(confusion):
    return sum(map(sum, confusion)) - sum(confusion[digit][digit] for digit in range(10))


def sheet(accuracy, picture, what, data, *words):
    """A picture of digits, drawn by the command, and its line of Markdown."""
    drawn = accuracy.runs.model(picture)
    accuracy.runs.run(picture, "digits", "show", data, "--count", SHOWN, "-o", drawn, *words)
    accuracy.pictures.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(drawn, accuracy.pictures / picture)
    return f"![{what}](images/{picture})"


def recipe_part(recipe, split, ways=(PLAIN,)):
    """Each seed's model, judged by the rows that it holds out, in each of these ways to read them; seed by seed in the first."""
    def run(accuracy):
        seeds = accuracy.seeds(recipe)
        models, times = zip(*[accuracy.train(f"{recipe}-{seed}", recipe, accuracy.csv, seed) for seed in seeds])

        def shares_read(words):
            return [accuracy.evaluate("-".join([model.stem, *words]), accuracy.csv, model, *words, "--held-out", seed,
                                      "--validation-split", split)["accuracy"] for seed, model in zip(seeds, models)]

        shares = [shares_read(words) for _, words in ways]
        rows = [summary_row(f"`{recipe}`{how}", read, times) for (how, _), read in zip(ways, shares)]
        return f"{summary(rows)}\n\n{each(seeds, shares[0])}"

    return run


def ensemble(accuracy):
    members, minutes = (2, 1) if accuracy.trial else (MEMBERS, MINUTES)
    history = accuracy.runs.folder / "ensemble-history.json"
    model, lasted = accuracy.train("ensemble", "ensemble", accuracy.csv, ENSEMBLE_SEED, "--members", members, "--minutes", minutes,
                                   "--history", history)
    told = json.loads(history.read_text())
    rows = [[number, percent(own), percent(together)]
            for number, (own, together) in enumerate(zip(told["val_accuracy"], told["val_accuracy_together"]), start=1)]
    held_out = ["--held-out", ENSEMBLE_SEED]
    plain = accuracy.evaluate("ensemble", accuracy.csv, model, *held_out)
    moved = accuracy.evaluate("ensemble-moved", accuracy.csv, model, "--moved", *held_out)
    text = (f"**{percent(plain['accuracy'])} of the held-out digits, {percent(moved['accuracy'])} with `--moved`: {len(rows)} "
            f"members, trained in {lasted / 60:.0f} minutes.**\n\n{table(['members', 'the last one', 'all together'], rows)}")
    return text + still_wrong(accuracy, "wrong-digits.png", plain["confusion"], accuracy.csv, "-m", model, *held_out)


def still_wrong(accuracy, picture, confusion, data, *words, among=""):
    count = wrong_of(confusion)
    text = f"\n\n{confusion_table(confusion)}\n\n{count} of {sum(map(sum, confusion)):,} digits are read wrong."
    if count:
        what = "Digits that are read wrong, each with its label and what is read"
        shown = sheet(accuracy, picture, what, data, "--wrong", *words)
        which = f"Those {SHOWN}{among} of which the model is surest" if count > SHOWN else "All of them"
        text += f" {which}:\n\n{shown}"
    return text


def shipped(accuracy):
    scores = accuracy.evaluate("shipped", accuracy.csv, None, "--held-out", SHIPPED_SEED)
    text = f"**{percent(scores['accuracy'])} of the digits that its training held out.**"
    count = wrong_of(scores["confusion"])
    return f"{text} {count} are read wrong; `antler digits show train.csv --held-out {SHIPPED_SEED} --wrong` shows them.\n\n" + \
        confusion_table(scores["confusion"])


def written(accuracy):
    shares, total = [], [[0] * 10 for _ in range(10)]
    count = 500 if accuracy.trial else WRITTEN
    for seed in WRITTEN_SEEDS:
        csv = accuracy.runs.model(f"written-{seed}.csv")
        accuracy.runs.run(csv.name, "digits", "write", "--count", count, "--seed", seed, "-o", csv)
        scores = accuracy.evaluate(f"written-{seed}", csv)
        shares.append(scores["accuracy"])
        total = [[a + b for a, b in zip(*rows)] for rows in zip(total, scores["confusion"])]
    first = accuracy.runs.model(f"written-{WRITTEN_SEEDS[0]}.csv")
    some = sheet(accuracy, "written-digits.svg", "Digits that antler digits write has written", first)
    text = (f"**{percent(statistics.mean(shares))} of {len(shares)} times {count:,} written digits**, between "
            f"{percent(min(shares))} and {percent(max(shares))}.\n\n{some}")
    return text + still_wrong(accuracy, "written-wrong.svg", total, first, among=f" of seed {WRITTEN_SEEDS[0]}")


def fashion(accuracy):
    """The recipes as they are, on other pictures, judged by a test set that no training saw."""
    train, test = (accuracy.fashion / f"{part}-images-idx3-ubyte.gz" for part in ("train", "t10k"))
    rows, means = [], {}
    for recipe in ("lesson", "fast", "best"):
        shares, times = [], []
        for seed in accuracy.seeds(recipe)[:5]:
            name = f"fashion-{recipe}-{seed}"
            model, lasted = accuracy.train(name, recipe, train, seed)
            shares.append(accuracy.evaluate(name, test, model)["accuracy"])
            times.append(lasted)
        means[recipe] = statistics.mean(shares)
        rows.append(summary_row(f"`{recipe}`", shares, times))
    gains = [f"`{recipe}` is {100 * (mean - means['lesson']):+.2f} points from it" for recipe, mean in means.items()
             if recipe != "lesson"]
    return f"**The lesson's model reads {percent(means['lesson'])}; {', '.join(gains)}.**\n\n{summary(rows)}"


PARTS = {"shipped": shipped, "written": written, "fast": recipe_part("fast", 0.1), "lesson": recipe_part("lesson", 0.2),
         "best": recipe_part("best", 0.1, (PLAIN, MOVED)), "ensemble": ensemble, "fashion": fashion}


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--antler", required=True, type=pathlib.Path)
    parser.add_argument("--digits", required=True, type=pathlib.Path)
    parser.add_argument("--fashion", type=pathlib.Path, default=FASHION)
    parser.add_argument("--runs", type=pathlib.Path, default=DOCS.parent / "build/accuracy", help="where trainings are kept")
    parser.add_argument("--trial", action="store_true")
    return parse_for_page(parser, DOCS / "accuracy.md", PARTS)


def measure(arguments, runs_folder):
    accuracy = Accuracy(arguments, runs_folder)
    page = Page(arguments.page)
    for part in arguments.parts or PARTS:
        measured = PARTS[part](accuracy)
        print(f"\n## {part}\n\n{measured}\n", flush=True)
        if not arguments.trial:
            page.put(part, f"*{description()}.*\n\n{measured}")


def main():
    arguments = parse()
    try:
        if arguments.trial:
            with tempfile.TemporaryDirectory() as folder:
                measure(arguments, pathlib.Path(folder))
        else:
            measure(arguments, arguments.runs)
            print(f"Written to {arguments.page}")
    except KeyboardInterrupt:
        sys.exit(f"accuracy: stopped; {arguments.runs} keeps the trainings that have ended")
    except subprocess.CalledProcessError as error:
        sys.exit(f"accuracy: {' '.join(map(str, error.cmd))} ended with {error.returncode}; the trainings before it are kept")


if __name__ == "__main__":
    main()
