# Everything a developer runs. "make help" lists it; the work is done in scripts/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run stop reset logs setup test test-unit test-heavy bench eval lint fix db shell py pot screenshots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16
	@echo "Downloads and databases live in $${AI_FINANCE_HOME:-$${XDG_CACHE_HOME:-~/.cache}/ai-finance-odoo} (set AI_FINANCE_HOME to move them)."
	@echo "An own Odoo 19.0 is used when ODOO_PATH points to it."

run: ## set up what is missing, start Odoo with demo data, print address and logins (DB=x: another database; MODEL=demo: with a stand-in for a language model)
	@MODEL="$(MODEL)" scripts/server.sh start $(DB)

stop: ## stop the server
	@scripts/server.sh stop

reset: ## the same as run, with a fresh demo database
	@MODEL="$(MODEL)" scripts/server.sh reset

logs: ## follow the server's log
	@scripts/server.sh logs

setup: ## only set up, start nothing
	@scripts/setup.sh demo

test: ## all tests but the heavy ones (ADDON=x: only that addon's)
	@scripts/test.sh all $(ADDON)

test-unit: ## repository rules and plain Python tests, no Odoo (ADDON=x)
	@scripts/test.sh unit $(ADDON)

test-heavy: ## kill, concurrency and load tests with real server processes
	@scripts/test.sh heavy

bench: ## print speed and costs side by side: log with and without evidence, verify, work queue
	@scripts/bench.sh

eval: ## ask the configured model small cases with truth, print agreement, invalid answers, cost (MODEL=demo: a stand-in)
	@scripts/eval.sh $(MODEL)

lint: ## all checks on all files
	@scripts/lint.sh

fix: ## let the formatters repair what they can
	@scripts/lint.sh fix

db: ## NAME=x: a new database, a copy of the demo company with our addons
	@scripts/db.sh new "$(NAME)"

shell: ## DB=x: Odoo's shell; make shell DB=x < script.py runs a script
	@scripts/shell.sh "$(DB)"

py: ## FILE=script.py: run it in the project's Python with the engines importable, without Odoo
	@scripts/py.sh "$(FILE)" $(ARGS)

pot: ## export the translation templates of all addons
	@scripts/pot.sh

screenshots: ## retake the pictures in docs/screenshots (SCREENS="a b": only these of scripts/screens.py)
	@scripts/screenshots.sh $(SCREENS)

clean: ## stop everything and remove downloads and all databases (asks first)
	@YES=$(YES) scripts/clean.sh
