# One image for server, workers, the departments' stand-ins and the commands; compose.yaml says which of them runs.
FROM node:20.20.2-bookworm AS build
WORKDIR /app
COPY . .
# Installs by the lock file and builds the pages, as npm run build does anywhere.
RUN node scripts/bootstrap.mjs build \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf test engine web/src docker docs/images

FROM node:20.20.2-bookworm-slim
# pg_dump and pg_restore, for npm run backup and npm run restore
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
RUN mkdir -p /data/secrets /data/uploads /data/departments /backups && chown -R node:node /data /backups
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 INTERNAL_HOST=0.0.0.0
USER node
EXPOSE 3000 3001 3002
CMD ["node", "--import", "tsx", "server/main.ts"]
