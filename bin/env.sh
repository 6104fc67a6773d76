# Sourced by the scripts beside it: a .venv that matches uv.lock. `prepare_env` for running, `prepare_env dev` with test tools.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

prepare_env() {
  local groups=--no-dev stamp=.venv/.made-for want
  [ "${1:-}" = dev ] && groups=--dev
  want="$groups $(cksum < uv.lock)"
  if [ -f "$stamp" ] && { [ "$(cat "$stamp")" = "$want" ] || [ "$(cat "$stamp")" = "--dev ${want#* }" ]; }; then return; fi
  local python uv
  for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break || python=
  done
  [ -n "$python" ] || { echo "Nakadachi needs Python 3.11 or newer." >&2; exit 1; }
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  uv=$(command -v uv || true)
  if [ -z "$uv" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
    uv=.venv/bin/uv
  fi
  UV_PROJECT_ENVIRONMENT=.venv "$uv" sync --quiet --frozen --inexact $groups
  echo "$want" > "$stamp"
}
