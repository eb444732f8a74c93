#!/usr/bin/env bash
# Makes deploy/secrets for compose.yaml and, with kubectl, for Kubernetes: passwords, an API key for operators, a certificate to
# begin with, and places for what Halo support gives you. What is there already is kept. Needs openssl.
# HALO_SUBSCRIPTION_KEY and HALO_WEBHOOK_SECRET are taken from the environment if they are set.
set -euo pipefail
cd "$(dirname "$0")"
secrets="${1:-secrets}"
umask 077
mkdir -p "$secrets"/{facade,redis,tls,grafana}
cd "$secrets"

# `new FILE TEXT`: writes a file that is not there yet.
new() { [ -e "$1" ] || printf '%s\n' "$2" > "$1"; }
sha256() { printf %s "$1" | openssl dgst -sha256 -r | cut -d' ' -f1; }

if [ ! -e facade.env ]; then
  password="$(openssl rand -hex 32)"
  new facade.env "REDIS_URL=redis://halo-graph:$password@redis:6379"
  sed "s/PASSWORD_SHA256/$(sha256 "$password")/" "$OLDPWD/redis/users.acl" > redis/users.acl
fi
new facade/subscription-key "${HALO_SUBSCRIPTION_KEY:-replace-this-line-with-the-subscription-key}"
new facade/webhook-secret "${HALO_WEBHOOK_SECRET:-$(openssl rand -hex 32)}"
new facade/practices.json '[]'
new grafana/admin-password "$(openssl rand -hex 16)"
if [ ! -e facade/api-keys.json ]; then
  key="$(openssl rand -hex 32)"
  new facade/api-keys.json "[{\"name\":\"operator\",\"sha256\":\"$(sha256 "$key")\",\"scopes\":[\"operator\",\"sites:read\"],\"practices\":[\"*\"]}]"
  printf 'The API key of the operators, shown once: %s\n' "$key"
fi
if [ ! -e tls/tls.crt ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=${DEPLOY_HOST:-localhost}" -addext "subjectAltName=DNS:${DEPLOY_HOST:-localhost}" \
    -keyout tls/tls.key -out tls/tls.crt 2>/dev/null
  echo 'secrets/tls has a self-signed certificate for 30 days: replace it with one that your callers trust.'
fi

# The users inside the containers: 65532 is the facade, 999 Redis, 472 Grafana.
if [ "$(id -u)" = 0 ]; then
  chown -R 65532:65532 facade
  chown -R 999:999 redis
  chown -R 472:472 grafana
else
  echo 'Give the files to the users inside the containers: sudo chown -R 65532 facade && sudo chown -R 999 redis && sudo chown -R 472 grafana'
fi
