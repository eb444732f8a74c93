#!/usr/bin/env bash
# Unpacks the image of `npm run image` and runs it as a container runtime would: with its own entry point, environment and user,
# on a read-only root file system. Sends a query to it, and stops it by its stop signal. Needs root and umoci.
set -euo pipefail
cd "$(dirname "$0")/../.."
out="${1:-build/image}"
work="$(mktemp -d)"
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "FAILED: $*" >&2; cat "$work"/*.log >&2; exit 1; }
ok() { printf '  ok  %s\n' "$*"; }
json() { node -e 'const json = JSON.parse(require("node:fs").readFileSync(0, "utf8")); console.log(eval(process.argv[1]))' "$1"; }

umoci unpack --image "$out/layout:$(json 'json.manifests[0].annotations["org.opencontainers.image.ref.name"]' < "$out/layout/index.json")" "$work/bundle"
root="$work/bundle/rootfs"
config="$work/bundle/config.json"
mapfile -t command < <(json 'json.process.args.join("\n")' < "$config")
mapfile -t environment < <(json 'json.process.env.join("\n")' < "$config")
user="$(json '`${json.process.user.uid}:${json.process.user.gid}`' < "$config")"

[ "$user" = 65532:65532 ] || fail "user $user"
programs="$(find "$root" -type f -perm /111 -printf '/%P\n' | grep -v '^/lib' || true)"
[ "$programs" = /usr/local/bin/node ] || fail "programs besides node: $programs"
[ -z "$(find "$root" -perm /6000)" ] || fail 'a file runs as its owner'
[ -z "$(find "$root" -path '*node_modules*' -o -name '*.d.ts' -o -path '*/sandbox/*' -o -name '*.wasm')" ] || fail 'files that production never loads'
size="$(stat -c %s "$out"/*.oci.tar)"
[ "$size" -lt 70000000 ] || fail "packed: $size bytes"
ok "contents: node is the only program, no shell, no npm, no sandbox; $((size / 1000000)) MB packed"

# What the runtime mounts: /etc/hosts, and the operator's files.
cp /etc/hosts "$root/etc/hosts"
mkdir "$root/config"
key="$(openssl rand -hex 32)"
printf '[{"name":"smoke","sha256":"%s","scopes":["sites:read"],"practices":["1001"]}]' \
  "$(printf %s "$key" | sha256sum | cut -d' ' -f1)" > "$root/config/api-keys.json"
echo 'sandbox-key-not-secret' > "$root/config/subscription-key"

node --import tsx sandbox/main.ts > "$work/sandbox.log" 2>&1 & pids+=($!)
for _ in {1..300}; do grep -qs http "$work/sandbox.log" && break; sleep 0.1; done
halo="$(grep -o 'http://[^ ]*' "$work/sandbox.log")" || fail 'the sandbox Halo Cloud did not start'

# Runs a command in the image: `inside VARIABLE=value... -- command...`
inside() {
  local variables=()
  while [ "$1" != -- ]; do variables+=("$1"); shift; done
  shift
  exec unshare --mount bash -c '
    mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec env --ignore-environment "${@:2:$1}" \
      /usr/sbin/chroot --userspec=65532:65532 --groups=65532 "$0" "${@:$1+2}"
  ' "$root" "$((${#environment[@]} + ${#variables[@]}))" "${environment[@]}" "${variables[@]}" "$@"
}
port="$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
settings=(HALO_BASE_URL="${halo/127.0.0.1/localhost}" HALO_SUBSCRIPTION_KEY_FILE=/config/subscription-key API_KEYS_FILE=/config/api-keys.json
  HOST=127.0.0.1 PORT="$port" DRAIN_NOTICE_MS=300)
(inside "${settings[@]}" -- "${command[@]}") > "$work/server.log" 2>&1 & server=$!; pids+=($server)
for _ in {1..300}; do grep -qs '"msg":"listening"' "$work/server.log" && break; sleep 0.1; done
url="http://127.0.0.1:$port"
curl -fsS "$url/ready" >/dev/null || fail 'it does not become ready'
[ "$(stat -c %u /proc/$server)" = 65532 ] || fail "it runs as user $(stat -c %u /proc/$server)"
(inside PORT="$port" -- /usr/local/bin/node /app/health.js) || fail 'the health check fails while the server runs'
ok 'it starts as user 65532, and its health check succeeds'

query='{"query":"{ practice(bpSiteId: \"1001\") { ... on Practice { name } ... on HaloError { code } } }"}'
answer="$(curl -sS "$url/graphql" -H 'content-type: application/json' -H "authorization: Bearer $key" -d "$query")"
grep -q 'Sandbox Wattle Practice' <<< "$answer" || fail "the answer: $answer"
[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/graphql" -H 'content-type: application/json' -d "$query")" = 401 ] || fail 'a query without a credential'
(inside -- /usr/local/bin/node -e 'try { require("node:fs").writeFileSync("/tmp/file", ""); } catch ({ code }) { process.exit(code === "EROFS" ? 0 : 1); } process.exit(1)') || fail 'the root file system can be written'
(inside "${settings[@]}" -- "${command[0]}" /app/dist/src/cli/main.js check 1001) > "$work/check.log" 2>&1 || fail 'halo-graph check'
ok 'it answers a query by name resolution, refuses one without a key, runs halo-graph check, and writes nothing'
(inside HALO_ENVIRONMENT=sandbox -- "${command[@]}") > "$work/none.log" 2>&1 && fail 'it starts without a Halo Cloud'
grep -q 'has no sandbox' "$work/none.log" || fail 'no plain word about the missing sandbox'
ok 'without a Halo Cloud it says what to set'

kill -TERM "$server"
status=0; wait "$server" || status=$?
[ "$status" = 0 ] || fail "exit code $status after SIGTERM"
if (inside PORT="$port" -- /usr/local/bin/node /app/health.js); then fail 'the health check succeeds without a server'; fi
ok 'SIGTERM ends it with exit code 0'
