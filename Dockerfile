# The built page and the small server that serves it. See docker-compose.yml.
FROM node:22-alpine
WORKDIR /app
# No browser is needed to build or serve the page.
ENV PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
COPY package.json package-lock.json ./
RUN npm ci --no-fund --no-audit
COPY tsconfig.base.json tsconfig.json vite.config.ts index.html ./
COPY tsconfig tsconfig
COPY public public
COPY tools tools
COPY src src
RUN npm run build
USER node
EXPOSE 4173
CMD ["node", "--import", "tsx", "tools/serve.ts"]
