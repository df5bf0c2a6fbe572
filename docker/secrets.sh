#!/bin/sh
# Makes the secrets that compose.yaml and the manifests mount, each in a file of its own (docker/secrets, never committed).
# What exists is kept. A site puts its own secret store in this place.
set -eu
folder="$(dirname "$0")/secrets"
mkdir -p "$folder"
umask 077
keep() { # name, command that prints the secret
  [ -s "$folder/$1" ] || sh -c "$2" | tr -d '\n' > "$folder/$1"
}
random='openssl rand -hex 24'
keep engine-password "$random"
keep oidc-client-secret "$random"
keep worker-token-secret "$random"
keep hash-key "$random"
keep session-secret "$random"
keep department-callback-secret "$random"
keep demo-password "openssl rand -hex 6"
keep data-key "openssl rand -base64 32"
keep backup-key "openssl rand -base64 32"
keep postgres-password "$random"
keep database-url "echo postgres://yijianshi:$(cat "$folder/postgres-password")@postgres:5432/server"
# The containers' users read them; the folder itself is closed to others.
chmod 700 "$folder" && chmod 644 "$folder"/*
echo "secrets are in $folder"
