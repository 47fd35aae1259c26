# Alur: `make run` installs what is missing and starts it; `make test` checks everything.
# Each step leaves a stamp, so what is done already costs nothing the next time.

VENV := .venv
BIN := $(VENV)/bin
FRONTEND := web/frontend
PROVIDER := tests/oidc
MANIFEST := web/static/dist/manifest.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard web/translations/*/LC_MESSAGES/*.po))
FRONTEND_SOURCES := $(filter-out %/.npmrc,$(wildcard $(FRONTEND)/*.json $(FRONTEND)/*.ts $(FRONTEND)/*.mjs)) \
  $(shell find $(FRONTEND)/src -type f 2>/dev/null) $(wildcard workflows/*.json)

# The first of these that really runs and is new enough: a version manager leaves commands behind
# that exist and fail. `make PYTHON=/path/to/python3.13` decides otherwise.
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3
FIND_PYTHON = for name in $(CANDIDATES); do \
    if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; break; fi; done

# $(call apt,PACKAGES): install them where we may, otherwise name the one line to copy and fail.
apt = if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as="sudo -n"; else as=no; fi; \
    if [ "$$as" = no ] || ! command -v apt-get >/dev/null; then \
      echo "Belum ada di sistem ini. Jalankan: sudo apt-get install -y $(1)" >&2; exit 1; fi; \
    echo "      memasang $(1) lewat apt …"; \
    $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null

PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install --no-deps
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(FRONTEND)
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
export PIP_ROOT_USER_ACTION := ignore
# Compiled once instead of in each of the many processes that the tests and `alur up` start.
export PYTHONDONTWRITEBYTECODE :=

# A virtual environment remembers the place it was made at; in another one, or after its Python
# has gone, it is made anew.
ifneq ($(wildcard $(VENV)),)
  ifneq ($(shell cat $(VENV)/.place 2>/dev/null; $(BIN)/python -c '' 2>&1),$(CURDIR))
    $(shell rm -rf $(VENV))
  endif
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test bench install lint lock clean dev python

help:  ## daftar ini
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: install  ## memasang yang belum ada lalu menjalankan Alur; Ctrl-C menghentikannya
	@exec $(BIN)/alur --data var up --demo

test: lint  ## semua pemeriksaan dan semua uji
	@echo "[uji] pytest …"
	@$(BIN)/python -m pytest -n 2 --dist worksteal

bench: $(VENV)/.project  ## mengukur mesin proses terhadap SpiffWorkflow, dan hitungan waktu kerja
	@$(BIN)/python -m tests.bench.engine
	@$(BIN)/python -m tests.bench.notices
	@$(BIN)/python -m tests.bench.time
	@$(BIN)/python -m tests.bench.inbox

lint: dev  ## pemeriksaan kode tanpa uji
	@echo "[uji] ruff …"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@echo "[uji] mypy …"
	@$(BIN)/mypy --no-error-summary
	@echo "[uji] import-linter …"
	@$(BIN)/lint-imports --no-cache >$(VENV)/lint-imports.log 2>&1 || { cat $(VENV)/lint-imports.log; exit 1; }

install: $(VENV)/.project $(CATALOGUES) $(MANIFEST)  ## memasang semua yang diperlukan untuk berjalan
	@:

lock: dev  ## menulis ulang berkas kunci dependensi
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) --group build -c requirements.lock -o requirements-build.lock
	@$(COMPILE) --group dev -c requirements.lock -c requirements-build.lock -o requirements-dev.lock
	@$(NPM) install --package-lock-only --ignore-scripts
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(PROVIDER) install --package-lock-only --ignore-scripts

clean:  ## menghapus hasil pasang dan bangun; folder data var/ tetap ada
	@rm -rf $(VENV) $(FRONTEND)/node_modules $(PROVIDER)/node_modules web/static/dist $(CATALOGUES) *.egg-info
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@$(FIND_PYTHON)

$(VENV)/.place:
	@python="$$($(FIND_PYTHON))"; \
	if [ -z "$$python" ] || ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	  $(call apt,python3 python3-venv); python="$$($(FIND_PYTHON))"; fi; \
	if [ -z "$$python" ]; then echo "Alur memerlukan Python 3.11 atau lebih baru." >&2; exit 1; fi; \
	echo "[1/6] Menyiapkan lingkungan Python ($$($$python --version)) …"; \
	rm -rf $(VENV) && $$python -m venv $(VENV) && printf '%s\n' "$(CURDIR)" >$@

$(VENV)/.packages: requirements.lock requirements-build.lock $(VENV)/.place
	@echo "[2/6] Memasang pustaka Python …"
	@$(PIP) --require-hashes -r requirements.lock -r requirements-build.lock
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.packages
	@echo "[3/6] Memasang perintah alur …"
	@$(PIP) --no-build-isolation --editable .
	@touch $@

%.mo: %.po $(VENV)/.packages
	@echo "[4/6] Menyusun terjemahan $< …"
	@$(BIN)/pybabel -q compile --input-file=$< --output-file=$@

$(FRONTEND)/node_modules/.stamp: $(FRONTEND)/package-lock.json $(FRONTEND)/.npmrc $(VENV)/.packages
	@echo "[5/6] Memasang pustaka antarmuka …"
	@$(NPM) ci --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

$(MANIFEST): $(FRONTEND)/node_modules/.stamp $(FRONTEND_SOURCES)
	@echo "[6/6] Membangun antarmuka …"
	@$(NPM) run --silent build >$(VENV)/build.log 2>&1 || { cat $(VENV)/build.log; exit 1; }
	@touch $@

dev: install $(VENV)/.dev $(PROVIDER)/node_modules/.stamp
	@command -v chromium chromium-browser google-chrome >/dev/null || \
	  { $(call apt,chromium); } || { [ "$${CI:-}" != true ] && echo "      (uji peramban dilewati)"; }

$(PROVIDER)/node_modules/.stamp: $(PROVIDER)/package-lock.json $(PROVIDER)/.npmrc $(VENV)/.packages
	@echo "[uji] Memasang penyedia OpenID Connect untuk uji …"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(PROVIDER) ci --loglevel=error >/dev/null
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.packages
	@echo "[uji] Memasang alat pengembang …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
