"""What the tests of the page need: the server as users start it, and a browser."""

import signal
import subprocess

from selenium import webdriver


class Server:
    """`antler digits serve` in a folder that make_reader has filled."""

    def __init__(self, command, folder, port=0):
        self.process = subprocess.Popen(
            [command, "digits", "serve", "-m", "reader.h5", "--data", "digits.csv", "--port", str(port)],
            cwd=folder, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().split()[4]
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
