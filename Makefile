# Each command installs what this machine lacks, then does its work.
s := src-tauri/scripts

.PHONY: run test bench package dev
run:     ; @$(s)/run.sh
test:    ; @$(s)/test.sh
bench:   ; @$(s)/bench.sh
package: ; @$(s)/package.sh
dev:     ; @$(s)/dev.sh
