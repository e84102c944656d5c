# Only Go and make are needed; make help says what there is.

STATICCHECK = go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME    = 30s
CORPUS      = ../shared/corpus
JOBS        = 2
ROUNDS      = 10
CALLS       = 100000
RECORD      = internal/testkit/corpus/record.tsv

# The race detector needs a C compiler. Where there is none, it is left out.
RACE := $(shell command -v "$$(go env CC)" >/dev/null 2>&1 && echo -race)

# The folders of the tests that match a pattern.
tests = $(shell grep -rlE '$(1)' --include='*_test.go' . | xargs -r -n 1 dirname | sort -u)

.PHONY: help
help: ## say what there is
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do printf '%-13s %s\n' "$$name" "$$what"; done

.PHONY: generate
generate: ## make the client in generated/ from the description in openapi/
	go build -v -o /dev/null ./cmd/gen
	go generate -v ./openapi/...

# TIMEOUT is for each package. On two quiet cores the slowest takes a minute and
# a half, or ten minutes in full.
TIMEOUT = 30m

.PHONY: test
test: ## run the tests, and those of what runs concurrently with the race detector
	go run ./internal/testkit/suite -timeout $(TIMEOUT) ./...
	cd contrib/otel && go test ./...
ifneq ($(RACE),)
	go run ./internal/testkit/suite -timeout $(TIMEOUT) $(RACE) -short ./templates/... ./generated/... ./internal/emit ./internal/testkit/mockapi
endif

.PHONY: test-short
test-short: ## run what takes half a minute
	go run ./internal/testkit/suite -timeout $(TIMEOUT) -short ./...

.PHONY: test-full
test-full: ## run the tests and leave nothing out: every golden's own tests, more random changes, the large descriptions
	FULL=1 go run ./internal/testkit/suite -timeout 4h ./...

.PHONY: check
check: ## fail if generated/ is not what a run makes
	go run ./cmd/gen generate --check --quiet openapi/gen.yaml

.PHONY: golden
golden: ## write anew what golden files and scripts expect; read the diff
	go test $(call tests,golden\.Run) -run 'Golden|Script' -update

# Until Go 1.27 a target whose time is up may end with an error of its own, and
# with no input that fails (go.dev/issue/75804).
.PHONY: fuzz
fuzz: ## run each fuzz target, or those of the folders FUZZ, for FUZZTIME
	@said=$$(mktemp) && trap 'rm -f "$$said"' EXIT; for folder in $(or $(FUZZ),$(call tests,^func Fuzz)); do \
		for target in $$(sed -nE 's/^func (Fuzz[A-Za-z0-9_]*).*/\1/p' $$folder/*_test.go); do \
			echo "go test $$folder -fuzz $$target"; \
			go test $$folder -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x >"$$said" 2>&1; failed=$$?; cat "$$said"; \
			if [ $$failed -ne 0 ] && { grep -q 'Failing input' "$$said" || ! grep -q '^    context deadline exceeded$$' "$$said"; }; then exit 1; fi; \
		done; \
	done

.PHONY: soak
soak: ## make CALLS calls through a proxy that drops, stalls and cuts off, over HTTP/1 and HTTP/2
	go test ./templates/runtime/internal/api -run TestChaos -chaos $(CALLS) -timeout 0 -v

.PHONY: bench
bench: ## run the benchmarks
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: corpus
corpus: ## make an SDK for each description in CORPUS that matches ONLY, build, vet and call it
	go run ./internal/testkit/corpus -jobs $(JOBS) -only '$(ONLY)' -record $(RECORD) -out corpus.tsv $(CORPUS)

.PHONY: corpus-record
corpus-record: ## the same, and add what is better now to the record
	go run ./internal/testkit/corpus -jobs $(JOBS) -only '$(ONLY)' -record $(RECORD) -update $(CORPUS)

.PHONY: corpus-slice
corpus-slice: ## generate all of them, and build, vet and call the small real ones
	go run ./internal/testkit/corpus -to generate -record $(RECORD) $(CORPUS)
	go run ./internal/testkit/corpus -only 'real*' -below 100000 -record $(RECORD) $(CORPUS)

.PHONY: corpus-public
corpus-public: ## the same for the descriptions of the repository's own, which are always there
	go run ./internal/testkit/corpus -record internal/testkit/corpus/testdata/public.tsv internal/testkit/corpus/testdata/public

.PHONY: stable
stable: ## change the real descriptions of CORPUS at random, ROUNDS times each, and see that names stay and gen diff is right
	go test ./cmd/gen -run 'TestNamesStay|TestDiffOf|TestMigration' -timeout 0 -rounds $(ROUNDS) -descriptions '$(abspath $(CORPUS))/real/*$(ONLY)*'

.PHONY: lint
lint: ## vet, staticcheck, gofmt and go mod tidy; and for SDKs all that linters find in code of people
	go vet ./...
	$(STATICCHECK) ./...
	go mod tidy -diff
	@files="$$(gofmt -l .)"; if [ -n "$$files" ]; then echo "gofmt would change:"; echo "$$files"; exit 1; fi
	CORPUS='$(CORPUS)' STATICCHECK='$(STATICCHECK)' .ci/lint-product

.PHONY: docs-test
docs-test: ## drive reference sites in Chromium, where there is one: search, keyboard, themes, widths, accessibility
	CORPUS='$(CORPUS)' internal/testkit/browser/run

.PHONY: docs-bench
docs-bench: ## measure the reference site of DESCRIPTION beside Swagger UI and Redoc
	CORPUS='$(CORPUS)' internal/testkit/browser/bench '$(DESCRIPTION)'
