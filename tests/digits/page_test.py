"""The page in a real browser: draws, drops a picture, trains, loads what was kept. The command runs as users run it.

page_test.py ANTLER MAKE_READER [--screenshots FOLDER --data TRAIN_CSV]
With --screenshots, pictures of all views, dark and light, wide and narrow, are written there as well. They show real digits,
such as scripts/get_digits.py fetches: the network that comes with antler gets some of them wrong."""

import argparse
import base64
import json
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from browser import Server, start_browser

# Each digit in the first of the ways that the project knows.
STROKES = {digit: ways[0] for digit, ways in
           json.loads((Path(__file__).resolve().parents[2] / "digits/strokes.json").read_text()).items()}
COMMAND = None
MAKE_READER = None
SCREENSHOTS = None
DATA = None


class PageCase(unittest.TestCase):
    """A page that is open, and ways to use it."""

    @classmethod
    def serve(cls):
        subprocess.run([MAKE_READER, cls.folder.name], check=True, stdout=subprocess.DEVNULL)
        return Server(COMMAND, cls.folder.name)

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = cls.serve()
        cls.browser = start_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        code, out = cls.server.stop()
        assert code == 0 and "has ended" in out, f"Ctrl-C ended the server with {code}: {out}"
        cls.folder.cleanup()

    def setUp(self):
        self.browser.get("about:blank")
        self.browser.get(self.server.address)
        self.wait(lambda: Select(self.element("recipe")).options)

    def tearDown(self):
        errors = [entry for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"
                  and "ERR_CONNECTION" not in entry["message"] and "status of 4" not in entry["message"]]
        self.assertEqual([], errors)

    def element(self, name):
        return self.browser.find_element(By.ID, name)

    def wait(self, condition, seconds=60):
        return WebDriverWait(self.browser, seconds, poll_frequency=0.05).until(lambda _: condition())

    def show(self, view):
        self.browser.find_element(By.CSS_SELECTOR, f'nav a[href="#{view}"]').click()

    def read_digit(self):
        return self.element("digit").text

    def draw(self, digit, kind="mouse", pause=10):
        self.element("clear").click()
        self.wait(lambda: self.read_digit() == "–")
        pad = self.element("pad")
        box = pad.rect
        top = self.browser.execute_script("return arguments[0].getBoundingClientRect().top", pad)
        for stroke in STROKES[str(digit)]:
            action = ActionBuilder(self.browser, mouse=PointerInput(kind, kind), duration=pause)
            points = [(round(box["x"] + x * box["width"]), round(top + y * box["height"])) for x, y in stroke]
            action.pointer_action.move_to_location(*points[0])
            action.pointer_action.pointer_down()
            for point in points[1:]:
                action.pointer_action.move_to_location(*point)
            action.pointer_action.pointer_up()
            action.perform()

    def start_training(self, recipe, epochs):
        self.show("train")
        Select(self.element("recipe")).select_by_visible_text(recipe)
        self.element("epochs").clear()
        self.element("epochs").send_keys(str(epochs))
        self.element("begin").click()

    def stop_training(self):
        self.element("stop").click()
        self.wait(lambda: "Stopped" in self.element("run-line").text, 120)

    def emulate(self, width, height, scheme):
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                     {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
        self.browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": width < 600})
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia",
                                     {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def emulate_no_more(self):
        self.emulate(1280, 900, "light")
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


class Page(PageCase):
    def test_reads_each_digit_that_is_drawn(self):
        for digit in range(10):
            with self.subTest(digit=digit):
                self.draw(digit, ("mouse", "touch", "pen")[digit % 3])
                self.wait(lambda: self.read_digit() == str(digit), 10)
                shares = [row.text.split("\n")[-1] for row in self.browser.find_elements(By.CSS_SELECTOR, "#bars li")]
                self.assertEqual(10, len(shares))

    def test_moves_the_probabilities_while_one_draws(self):
        self.browser.execute_script(
            "window.seen = new Set(); const bars = document.getElementById('bars');"
            "let down = false; const pad = document.getElementById('pad');"
            "pad.addEventListener('pointerdown', () => { down = true; }); pad.addEventListener('pointerup', () => { down = false; });"
            "new MutationObserver(() => { if (down) seen.add(bars.textContent); })"
            ".observe(bars, {subtree: true, childList: true, characterData: true});")
        self.draw(8, pause=60)
        self.assertGreater(self.browser.execute_script("return seen.size"), 3)

    def test_shows_what_each_layer_sees(self):
        self.draw(3)
        canvases = self.wait(lambda: self.browser.find_elements(By.CSS_SELECTOR, "#layers canvas"))
        self.assertEqual(7, len(canvases))
        painted = self.browser.execute_script(
            "return arguments[0].getContext('2d').getImageData(0, 0, arguments[0].width, arguments[0].height)"
            ".data.some((value) => value > 0)", canvases[0])
        self.assertTrue(painted)

    def test_shows_the_network(self):
        self.wait(lambda: "parameters" in self.element("network-line").text)
        self.wait(lambda: self.browser.execute_script("return document.getElementById('diagram').naturalHeight > 100"))
        self.assertIn("Total params", self.element("summary").get_attribute("textContent"))

    def drop(self, name, mime, content):
        """As a browser does when a file is dropped on the pad."""
        self.browser.execute_script(
            "const bytes = Uint8Array.from(atob(arguments[2]), (c) => c.charCodeAt(0));"
            "const data = new DataTransfer(); data.items.add(new File([bytes], arguments[0], {type: arguments[1]}));"
            "document.getElementById('pad').dispatchEvent("
            "new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));",
            name, mime, base64.b64encode(content).decode())

    def test_reads_a_picture_that_is_dropped(self):
        for digit in (2, 7):
            lines = "".join(f'<polyline points="{" ".join(f"{300 * x},{400 * y}" for x, y in stroke)}"/>' for stroke in STROKES[str(digit)])
            svg = ('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"><rect width="300" height="400" fill="#eee8dd"/>'
                   f'<g fill="none" stroke="#223" stroke-width="22" stroke-linecap="round">{lines}</g></svg>')
            png = self.browser.execute_async_script(
                "const [svg, done] = arguments, image = new Image();"
                "image.onload = () => { const c = document.createElement('canvas'); c.width = 300; c.height = 400;"
                "c.getContext('2d').drawImage(image, 0, 0); done(c.toDataURL('image/png').split(',')[1]); };"
                "image.src = 'data:image/svg+xml;base64,' + btoa(svg);", svg)
            self.drop("digit.png", "image/png", base64.b64decode(png))
            self.wait(lambda: self.read_digit() == str(digit), 10)

    def test_says_when_a_file_is_no_picture(self):
        self.drop("digit.png", "image/png", b"no picture")
        self.wait(lambda: "is no picture" in self.element("trouble").text)

    def test_is_drawn_on_with_the_keyboard(self):
        pad = self.element("pad")
        self.browser.execute_script("arguments[0].focus()", pad)
        pad.send_keys(Keys.ARROW_UP * 3 + " " + Keys.ARROW_DOWN * 18 + " ")
        self.wait(lambda: self.read_digit() == "1", 10)
        pad.send_keys(Keys.ESCAPE)
        self.wait(lambda: self.read_digit() == "–", 10)

    def test_trains_stops_and_draws_with_the_kept_model(self):
        self.start_training("lesson", 50)

        def points():
            return self.browser.execute_script(
                "const chart = Chart.getChart('loss-chart'); return chart ? chart.data.datasets[0].data.length : 0")
        first = self.wait(lambda: points() > 1 and points(), 120)
        self.wait(lambda: points() > first, 120)
        self.assertIn("left", self.wait(lambda: "batch" in self.element("run-line").text and self.element("run-line").text))
        self.wait(lambda: "digits that it is not trained on" in self.element("wrong-line").text)
        self.wait(lambda: "Epoch 1 " not in self.element("run-line").text, 120)
        self.stop_training()
        self.assertTrue((Path(self.folder.name) / "page_model.h5").exists())
        self.element("load").click()
        self.wait(lambda: "page_model.h5" in self.element("network-line").text)
        self.draw(1)
        self.wait(lambda: self.read_digit() != "–")
        Select(self.element("model")).select_by_value("given")
        self.wait(lambda: "reader.h5" in self.element("network-line").text)

    def test_trains_an_ensemble_and_draws_with_its_members(self):
        self.show("train")
        self.assertFalse(self.element("members").is_displayed())
        Select(self.element("recipe")).select_by_visible_text("ensemble")
        self.element("members").clear()
        self.element("members").send_keys("3")
        self.start_training("ensemble", 50)
        self.wait(lambda: "Member 1 of 3, epoch 1 of 50, batch" in self.element("run-line").text, 120)
        self.stop_training()
        self.element("load").click()
        self.wait(lambda: "page_model_ensemble" in self.element("network-line").text)
        Select(self.element("model")).select_by_value("given")
        self.wait(lambda: "reader.h5" in self.element("network-line").text)

    def test_shows_how_the_model_does(self):
        self.show("results")
        self.element("judge").click()
        try:
            self.wait(lambda: self.element("verdict").is_displayed(), 60)
        except TimeoutException:
            self.fail(f"no results: {self.element('judge-line').text} {self.element('trouble').text}")
        cells = [int(cell.text.replace("·", "0")) for cell in self.browser.find_elements(By.CSS_SELECTOR, "#confusion td")]
        self.assertEqual(100, len(cells))
        self.assertEqual(2000, sum(cells))
        self.assertEqual(60, len(self.browser.find_elements(By.CSS_SELECTOR, "#uncertain figure")))

    def test_fits_a_phone(self):
        self.browser.set_window_size(500, 900)
        self.emulate(390, 844, "light")
        for view in ("draw", "train", "results"):
            self.show(view)
            self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), 390, view)
        self.emulate_no_more()
        self.browser.set_window_size(1280, 900)

    def test_says_when_the_server_is_gone_and_when_it_is_back(self):
        server = Server(COMMAND, self.folder.name)
        self.browser.get(server.address)
        self.wait(lambda: Select(self.element("recipe")).options)
        self.assertEqual(0, server.stop()[0])
        self.wait(lambda: self.element("gone").is_displayed(), 20)
        again = Server(COMMAND, self.folder.name, server.port)
        self.wait(lambda: not self.element("gone").is_displayed(), 20)
        self.draw(1)
        self.wait(lambda: self.read_digit() == "1", 10)
        self.browser.get("about:blank")  # it still asks for the layers
        self.assertEqual(0, again.stop()[0])


class Pictures(PageCase):
    """No test: it fills docs/images where it is asked to."""

    @classmethod
    def setUpClass(cls):
        if not SCREENSHOTS:
            raise unittest.SkipTest("no --screenshots were asked for")
        super().setUpClass()

    @classmethod
    def serve(cls):
        return Server(COMMAND, cls.folder.name, words=("--data", DATA))

    def test_are_taken_of_each_view(self):
        self.draw(5)
        self.wait(lambda: self.browser.find_elements(By.CSS_SELECTOR, "#layers canvas"))
        self.screenshots("draw")
        self.show("results")
        self.element("judge").click()
        self.wait(lambda: self.element("verdict").is_displayed(), 120)
        self.screenshots("results")
        self.start_training("best", 60)
        self.wait(lambda: "Epoch 6 " in self.element("run-line").text, 600)
        self.screenshots("train")

    def screenshots(self, view):
        self.browser.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        for width, height, size in ((1280, 1000, "wide"), (390, 1200, "narrow")):
            for scheme in ("light", "dark"):
                self.emulate(width, height, scheme)
                time.sleep(1.5)
                shot = self.browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 80})
                (SCREENSHOTS / f"serve-{view}-{size}-{scheme}.webp").write_bytes(base64.b64decode(shot["data"]))
        self.emulate_no_more()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("antler", type=Path)
    parser.add_argument("make_reader", type=Path)
    parser.add_argument("--screenshots", type=Path)
    parser.add_argument("--data", type=Path)
    given, rest = parser.parse_known_args()
    COMMAND, MAKE_READER = given.antler.resolve(), given.make_reader.resolve()
    if given.screenshots:
        SCREENSHOTS = given.screenshots.resolve()
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        DATA = given.data.resolve()
    unittest.main(argv=[__file__, "-v", *rest])
