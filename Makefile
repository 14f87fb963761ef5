# One set of flags for every build, test and check: another set compiles the
# window driver anew, which takes minutes.
FLAGS := -tags migrated_fynedo -buildvcs=false

GOFUMPT := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

BUILD_PACKAGES := gcc libc6-dev pkg-config libgl1-mesa-dev libx11-dev libxrandr-dev libxxf86vm-dev \
	libxi-dev libxcursor-dev libxinerama-dev fonts-noto-core
TEST_PACKAGES := xvfb xdotool imagemagick x11-utils libgl1-mesa-dri unicode-data
GALLERY_PACKAGES := fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji

SAMPLE := assets/sample/sample.jsonl

export CGO_ENABLED := 1
.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: build run demo test unit-test window-test consumers fuzz lint bench window-bench gallery deps build-deps clean

build:
	@.ci/deps --check $(BUILD_PACKAGES)
	go build $(FLAGS) -o bin/spanwright .

# The display is looked for first: nobody should wait for a build that cannot be shown.
run:
	@test -n "$$DISPLAY" || { echo "there is no display to open a window on; 'make demo' does the main job without one" >&2; exit 1; }
	@$(MAKE) --no-print-directory build-deps out/sample.spanwright
	bin/spanwright out/sample.spanwright --annotator you

# Made once and then kept, with whatever was labelled in it.
out/sample.spanwright: | build
	@mkdir -p out
	bin/spanwright new $@ --scheme claims
	bin/spanwright import $@ $(SAMPLE)

demo: build-deps build
	@mkdir -p out
	@rm -f out/demo.spanwright out/demo.spanwright-wal out/demo.spanwright-shm out/demo.jsonl
	bin/spanwright new out/demo.spanwright --scheme claims
	bin/spanwright import out/demo.spanwright $(SAMPLE)
	bin/spanwright check out/demo.spanwright
	bin/spanwright stats out/demo.spanwright
	bin/spanwright export out/demo.spanwright -o out/demo.jsonl
	@echo "the labelled articles are in out/demo.jsonl, the project they come from is out/demo.spanwright"

test: deps lint unit-test window-test consumers

# The root package links the window driver, which the race detector would compile a second time.
unit-test:
	go test $(FLAGS) -race -timeout 20m $$(go list $(FLAGS) ./... | grep -vx spanwright)
	go test $(FLAGS) .

window-test: build
	SPANWRIGHT_WINDOW=1 go test $(FLAGS) -run TestWindow -count=1 -v .

# Loads exports with what people use for them, as far as Python's packages can be had.
consumers: build
	.ci/consumers/run

# Each fuzz target for FUZZTIME, which is a minute if not set.
fuzz:
	.ci/fuzz $(FLAGS)

lint:
	@unformatted=$$(go run $(GOFUMPT) -l .) && test -z "$$unformatted" || { echo "gofumpt would change: $$unformatted" >&2; exit 1; }
	go vet $(FLAGS) ./...
	GOFLAGS=-buildvcs=false go run $(STATICCHECK) -tags migrated_fynedo ./...

bench:
	@go test $(FLAGS) -run '^$$' -bench Table -benchtime 1x ./app/window | \
		awk '/^BenchmarkTable/ { sub("BenchmarkTable/", "", $$1); sub(/-[0-9]+$$/, "", $$1); print $$1, $$3, $$4; n++ } /^(panic|FAIL|---)/ { print; bad = 1 } END { exit bad || !n }'

window-bench: build
	@SPANWRIGHT_WINDOW_BENCH=1 go test $(FLAGS) -run TestWindowTimes -count=1 -v . | \
		awk '/ ms$$/ { print; n++ } /^(panic|--- FAIL)|Error/ { print; bad = 1 } END { exit bad || !n }'

# Draws docs/gallery.md with the fonts that its scripts need.
gallery:
	@.ci/deps $(GALLERY_PACKAGES)
	SPANWRIGHT_GALLERY=1 go test $(FLAGS) -run TestGallery -count=1 ./app/docview

deps:
	@.ci/deps $(BUILD_PACKAGES) $(TEST_PACKAGES)

build-deps:
	@.ci/deps $(BUILD_PACKAGES)

clean:
	rm -rf bin out
