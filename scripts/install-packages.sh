#!/usr/bin/env bash
# Installs the Debian packages that antler is built and tested with, where they are missing. The one list of them.
set -euo pipefail

packages=(
  # to build
  g++ cmake ninja-build make pkg-config ccache
  libfmt-dev nlohmann-json3-dev libhdf5-dev zlib1g-dev libisal-dev libhwy-dev libcli11-dev librsvg2-dev
  libcpp-httplib-dev libjs-chart.js
  # to test
  libgtest-dev libgmock-dev libbenchmark-dev clang-format clang-tidy dpkg-dev file
  zsh fish groff-base
  chromium chromium-driver python3-selenium fonts-dejavu-core
  # a set of pictures for an example
  dataset-fashion-mnist
  # to build and check the docs
  mkdocs mkdocs-material doxygen codespell
  # for the scripts and the tests against Keras
  python3 python3-pip python3-venv ca-certificates
)

fail() {
  echo "install-packages: $1" >&2
  exit 1
}

[[ -e /etc/debian_version ]] ||
  fail "this is not a Debian system; install by hand what corresponds to: ${packages[*]}"

export LC_ALL=C
installed=$(dpkg-query --show --showformat '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^ii  *//p')
missing=$(comm -23 <(printf '%s\n' "${packages[@]}" | sort) <(sort -u <<<"$installed") | xargs)
[[ -z $missing ]] && exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null || fail "missing packages; as root, run: apt-get install $missing"
  as_root=(sudo)
fi

echo "Installing $missing" >&2
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3)
for attempt in 1 2 3; do
  "${apt[@]}" update >&2 && break
  [[ $attempt -lt 3 ]] || fail "apt-get update failed three times, and these packages are missing: $missing"
  sleep 3
done
# shellcheck disable=SC2086  # one word a package
"${apt[@]}" install --yes --no-install-recommends $missing >&2 || fail "apt-get could not install: $missing"
