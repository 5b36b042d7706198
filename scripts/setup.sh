#!/usr/bin/env bash
# Makes .venv with Python 3.10 and the pinned packages; does nothing when it is up to date.
# Usage: scripts/setup.sh requirements.txt [requirements-dev.txt]
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

is_310() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

# The system's Python 3.10, or pyenv's; empty when there is none.
find_python() {
  local candidate
  for candidate in python3.10 python3 python "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python; do
    if command -v "$candidate" >/dev/null 2>&1 && is_310 "$candidate"; then
      command -v "$candidate"
      return
    fi
  done
}

# uv brings a Python 3.10 where there is none; it comes from PATH, or from PyPI into a folder of its own.
find_uv() {
  if command -v uv >/dev/null 2>&1; then
    command -v uv
  elif command -v python3 >/dev/null 2>&1; then
    [ -x .uv/bin/uv ] || python3 -m pip install --quiet --target .uv "uv==0.13.9" >&2 || return 0
    echo .uv/bin/uv
  fi
}

make_environment() {
  local python uv
  python=$(find_python)
  if [ -n "$python" ]; then
    say "用 $python 建立环境 .venv ……"
    "$python" -m venv --clear .venv
    return
  fi
  say "这台机器没有 Python 3.10，用 uv 取一个……"
  uv=$(find_uv)
  if [ -z "$uv" ] || ! "$uv" venv --clear --seed --python 3.10 .venv; then
    say "没有 Python 3.10，也没有取到：请安装 Python 3.10（apt install python3.10-venv、pyenv install 3.10 或 uv），再试一次。"
    exit 1
  fi
}

install_packages() {
  local list
  for list in "$@"; do
    say "安装 $list 里固定版本的软件包（第一次要几分钟）……"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$list"
  done
  say "编译字节码，让以后启动更快……"
  env -u PYTHONDONTWRITEBYTECODE .venv/bin/python -m compileall -q -j 0 .venv/lib bot actions >/dev/null || true
}

if ! { [ -x .venv/bin/python ] && is_310 .venv/bin/python; }; then
  make_environment
fi
for list in "$@"; do
  stamp=".venv/installed-$list"
  if ! cmp -s "$list" "$stamp"; then
    install_packages "$list"
    cp "$list" "$stamp"
  fi
done
