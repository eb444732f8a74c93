#!/usr/bin/env bash
# Runs the deployment of docs/deploy.md as plain processes: two replicas, Redis, nginx and Prometheus with the configuration files of
# compose.yaml, against the sandbox's Halo Cloud. Then: a booking, a live event through nginx, a webhook, the dashboard's queries, and
# the end of a replica, on which an alarm rings. Needs root, because everything runs in a network of its own in which the names of
# compose.yaml are addresses of this machine.
# Before: npm run build. Programs: redis-server nginx prometheus openssl, and ip of iproute2.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() { echo "SKIPPED deploy/try.sh: $*"; exit 0; }
PATH="$PATH:/usr/sbin:/sbin"
for program in redis-server nginx prometheus promtool openssl ip unshare; do
  command -v $program >/dev/null || skip "no $program here."
done
if [ -z "${IN_OWN_NETWORK:-}" ]; then
  unshare --mount --net true 2>/dev/null || skip 'no network namespaces here (not root?).'
  [ -e dist/src/main.js ] || { echo 'Run npm run build first.' >&2; exit 1; }
  IN_OWN_NETWORK=1 exec unshare --mount --net "$0" "$@"
fi

mkdir -p build
work="$(mktemp -d "$PWD/build/try.XXXXXX")"
pids=()
finish() {
  status=$?
  for pid in "${pids[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  wait 2>/dev/null
  if [ $status != 0 ]; then
    echo 'FAILED. The last log lines:' >&2
    for log in "$work"/*.log; do printf -- '-- %s\n' "${log##*/}" >&2; tail -n 15 "$log" >&2; done
  fi
  rm -rf "$work"
}
trap finish EXIT
start() { local name="$1"; shift; "$@" > "$work/$name.log" 2>&1 & pids+=($!); declare -g "pid_${name//-/_}=$!"; }

# Names and places as inside the containers.
ip link set lo up
cat > "$work/hosts" <<'HOSTS'
127.0.0.1 localhost
127.0.1.1 facade-1
127.0.1.2 facade-2
127.0.1.3 redis
127.0.1.5 prometheus
HOSTS
mount --bind "$work/hosts" /etc/hosts
mount -t tmpfs tmpfs /run
# A clone below /tmp has to stay visible.
case "$PWD/" in /tmp/*) ;; *) mount -t tmpfs tmpfs /tmp ;; esac

# docs/deploy.md, "Secrets".
HALO_SUBSCRIPTION_KEY=sandbox-key-not-secret deploy/secrets.sh "$work/secrets" > "$work/secrets.log"
operator_key="$(grep -o '[0-9a-f]\{64\}$' "$work/secrets.log")"
app_key="$(openssl rand -hex 32)"
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const { createHash } = require("node:crypto");
  const [folder, key] = process.argv.slice(1);
  const keys = JSON.parse(readFileSync(`${folder}/api-keys.json`, "utf8"));
  const scopes = ["sites:read", "clinic:read", "users:read", "appointments:read", "appointments:write", "patients:read"];
  keys.push({ name: "booking-app", sha256: createHash("sha256").update(key).digest("hex"), scopes, practices: ["1001"] });
  writeFileSync(`${folder}/api-keys.json`, JSON.stringify(keys));
  writeFileSync(`${folder}/practices.json`, JSON.stringify([{ bpSiteId: "1001", name: "Sandbox Wattle Practice" }]));
' "$work/secrets/facade" "$app_key"
mkdir /run/halo-graph /run/redis /run/tls "$work/redis" "$work/prometheus"
mount --bind "$work/secrets/facade" /run/halo-graph
mount --bind "$work/secrets/redis" /run/redis
mount --bind "$work/secrets/tls" /run/tls

start halo-cloud env HOST=127.0.0.1 PORT=9999 node dist/sandbox/main.js
start redis redis-server "$PWD/deploy/redis/redis.conf" --dir "$work/redis"
start prometheus prometheus --config.file="$PWD/deploy/prometheus/prometheus.yaml" --storage.tsdb.path="$work/prometheus" \
  --web.listen-address=127.0.1.5:9090
for number in 1 2; do
  start facade-$number env -i PATH="$PATH" $(grep -v '^#' deploy/facade.env) $(cat "$work/secrets/facade.env") \
    HALO_BASE_URL=http://127.0.0.1:9999 HOST=127.0.1.$number \
    node $(node -p 'JSON.parse(require("node:fs").readFileSync("package.json")).scripts.start.match(/--\S+/g).join(" ")') dist/src/main.js
done
start nginx nginx -c "$PWD/deploy/nginx/nginx.conf" -g 'daemon off;'
NODE_EXTRA_CA_CERTS="$work/secrets/tls/tls.crt" OPERATOR_KEY="$operator_key" APP_KEY="$app_key" \
  WEBHOOK_SECRET="$(cat "$work/secrets/facade/webhook-secret")" FACADE_2_PID="$pid_facade_2" npx tsx deploy/try/checks.ts
status=0; wait "$pid_facade_2" || status=$?
[ "$status" = 0 ] || { echo "facade-2 ended with exit code $status after SIGTERM." >&2; exit 1; }
grep -q "$operator_key\|$app_key\|sandbox-key-not-secret" "$work"/{facade-1,facade-2,nginx}.log && { echo 'A log holds a credential.' >&2; exit 1; }
grep -q 'query=' "$work/nginx.log" && { echo 'The log of nginx holds a query string.' >&2; exit 1; }
echo '  ok  facade-2 ended with exit code 0; no log holds a credential or a query string'
