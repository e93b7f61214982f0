# Every command is in scripts/dev, with the set-up that it needs. `make` alone says what there is.

DEV := python3 -m scripts.dev

.DEFAULT_GOAL := help
.PHONY: help run dev build dist test e2e shots bench lighthouse drills lint fmt sqlx check-sqlx check-k8s setup clean-dev

help:
	@echo "make run         the shop with its demo data and the sandbox, on http://127.0.0.1:3000"
	@echo "make test        every test, the browser's included"
	@echo "make lint        form, clippy for each target, direction of dependencies, documents"
	@echo "make dev         as run, but built for development and again after every edit"
	@echo "make build       the release: target/release/mercer and target/site"
	@echo "make dist        a release as one archive that runs by itself, in target/dist"
	@echo "make e2e         the browser tests alone (PLAYWRIGHT='--headed cart.spec.ts' for some)"
	@echo "make shots       pictures of every page, into target/shots"
	@echo "make bench       speed, memory and bytes, as a table and in target/bench.json"
	@echo "make lighthouse  the scores of the pages that shoppers come to first, as on a phone"
	@echo "make drills      faults, stops and switches with real servers (DRILLS='switch crash' for some)"
	@echo "make fmt         puts the sources into form"
	@echo "make sqlx        writes .sqlx anew after a query or a migration has changed"
	@echo "make check-sqlx  tells whether that was forgotten"
	@echo "make check-k8s   what runs in a cluster: manifests, hardening, alerts with their tests, routes"
	@echo "make setup       the tools of all these; each of them does it by itself"
	@echo "make clean-dev   stops and deletes the throwaway servers with their data"

run dev build dist test e2e shots bench lighthouse drills lint fmt sqlx check-sqlx check-k8s setup clean-dev:
	@$(DEV) $@
