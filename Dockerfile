# The built page and the small server that serves it. See docker-compose.yml.
#
# The image is named by its tag. To pin what a tag means today, and to renew that: `docker buildx imagetools inspect node:22-alpine`
# prints its digest, to be written behind the tag as node:22-alpine@sha256:…; .github/dependabot.yml renews it from then on.
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs a script of its own to build the page.
RUN npm ci --ignore-scripts --no-fund --no-audit
COPY tsconfig.base.json tsconfig.json vite.config.ts index.html ./
COPY tsconfig tsconfig
COPY public public
COPY tools tools
COPY src src
RUN npm run build && npx vite build --config tools/vite/server.config.ts

# What runs: two folders, and no package beside Node.
FROM node:22-alpine
WORKDIR /app
ENV NODE_ENV=production
COPY LICENSE ./
COPY --from=build /app/dist dist
COPY --from=build /app/server server
USER node
EXPOSE 4173
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ROUNDTRIP_PORT ?? 4173}/roundtrip.json`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/serve.mjs"]
