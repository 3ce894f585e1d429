"""What the tests of the page need: the server as users start it, and a browser."""

import re
import signal
import subprocess

from selenium import webdriver


class Server:
    """`antler digits serve` in a folder, which make_reader has filled where no other words say what to serve."""

    def __init__(self, command, folder, port=0, words=("-m", "reader.h5", "--data", "digits.csv")):
        self.process = subprocess.Popen([command, "digits", "serve", *words, "--port", str(port)],
                                        cwd=folder, stdout=subprocess.PIPE, text=True)
        self.address = re.search(r"http://\S+", self.process.stdout.readline())[0]
        self.port = int(self.address.rsplit(":", 1)[1])

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        out, _ = self.process.communicate(timeout=60)
        return self.process.returncode, out


def start_browser():
    options = webdriver.ChromeOptions()
    # No sandbox: containers, where tests run as root, do not let the browser have one.
    for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.chrome.service.Service("/usr/bin/chromedriver"))
