#!/usr/bin/env bash
# `npm run image`: builds the OCI image in build/image. The same commit and the same Debian packages give the same digest.
# Needs umoci besides what root-files.sh needs. Prints the archive, its size and the digest.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v umoci >/dev/null || { echo 'umoci is missing: apt-get install umoci.' >&2; exit 1; }
out="${1:-build/image}"
version="$(node -p 'JSON.parse(require("node:fs").readFileSync("package.json", "utf8")).version')"
revision="$(git rev-parse HEAD)"
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
created="$(date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)"
layout="$out/layout"
image="$layout:$version"

rm -rf "$out"
mkdir -p "$out"
deploy/image/root-files.sh "$out/root"
tar --create --file "$out/layer.tar" --directory "$out/root" --sort=name --format=gnu \
  --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner .

entrypoint=(--config.entrypoint /usr/local/bin/node)
while read -r flag; do entrypoint+=(--config.entrypoint "$flag"); done < <(
  npx tsx -e 'import("./src/node-flags.ts").then(({ nodeFlags }) => console.log(nodeFlags.join("\n")))'
)
umoci init --layout "$layout"
umoci new --image "$image"
umoci raw add-layer --image "$image" --history.created "$created" --history.created_by deploy/image/build.sh "$out/layer.tar"
umoci config --image "$image" --no-history --clear=config.entrypoint --clear=config.cmd \
  --created "$created" --architecture amd64 --os linux \
  --config.user 65532:65532 --config.workingdir /app --config.stopsignal SIGTERM --config.exposedports 4000/tcp \
  --config.env HALO_ENVIRONMENT=production --config.env HOST=0.0.0.0 --config.env NODE_ENV=production \
  "${entrypoint[@]}" --config.cmd /app/dist/src/main.js \
  --config.label "org.opencontainers.image.title=halo-graph" \
  --config.label "org.opencontainers.image.description=A GraphQL facade over Halo Connect's Halo Cloud" \
  --config.label "org.opencontainers.image.version=$version" \
  --config.label "org.opencontainers.image.revision=$revision" \
  --config.label "org.opencontainers.image.created=$created"
umoci gc --layout "$layout" >/dev/null
archive="$out/halo-graph-$version.oci.tar"
tar --create --file "$archive" --directory "$layout" --sort=name --format=gnu \
  --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner .
cp "$out/root/app/bom.cdx.json" "$out/"
rm "$out/layer.tar"
digest="$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).manifests[0].digest' "$layout/index.json")"
printf '%s\n' "$digest" > "$out/digest"
printf '%s, %s MB, %s\n' "$archive" "$(($(stat -c %s "$archive") / 1000000))" "$digest"
