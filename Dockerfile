# The same image as `npm run image`, for those who have Docker. It is not built in CI, which has no Docker engine.
FROM node:24-bookworm AS build
WORKDIR /src
COPY . .
RUN npm ci --no-audit --no-fund && apt-get update && deploy/image/root-files.sh /out

FROM scratch
COPY --from=build /out/ /
USER 65532:65532
WORKDIR /app
ENV HALO_ENVIRONMENT=production HOST=0.0.0.0 NODE_ENV=production
EXPOSE 4000/tcp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["/usr/local/bin/node", "/app/health.js"]
ENTRYPOINT ["/usr/local/bin/node", "--enable-source-maps", "--heap-growing-percent=100", "--min-semi-space-size=16", "--max-semi-space-size=32", "--no-allocation-site-pretenuring", "--no-memory-reducer"]
CMD ["/app/dist/src/main.js"]
