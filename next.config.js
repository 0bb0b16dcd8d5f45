import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/i18n/request.ts");

/** Read from disk only by a process that sends traces or metrics (lib/telemetry). */
const telemetry = [
  "@opentelemetry/api",
  "@opentelemetry/context-async-hooks",
  "@opentelemetry/core",
  "@opentelemetry/exporter-metrics-otlp-http",
  "@opentelemetry/exporter-metrics-otlp-proto",
  "@opentelemetry/exporter-trace-otlp-http",
  "@opentelemetry/exporter-trace-otlp-proto",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-metrics",
  "@opentelemetry/sdk-trace",
];

/** @type {import("next").NextConfig} */
const nextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm run check` holds the types, and every test run begins with it: the build need not.
  typescript: { ignoreBuildErrors: true },
  // Stands in what is built, so that a process tells which build it is whatever lies beside it by now.
  env: { STOREDESK_BUILD: process.env.STOREDESK_BUILD ?? "" },
  // Everything under `pages` runs on the server, and is bundled as what `app` answers is (docs/adr/0033).
  bundlePagesRouterDependencies: true,
  turbopack: {
    resolveAlias: { "server-only": { browser: "server-only/index.js", default: "server-only/empty.js" } },
  },
  serverExternalPackages: ["pg", "pino", "prom-client", "@node-rs/argon2", ...telemetry],
  experimental: {
    serverActions: { bodySizeLimit: "64kb" },
    // A clone builds once: to write the compiler's cache took a third of that, and 130 MB (25 s instead of 43 on two cores).
    turbopackFileSystemCacheForBuild: false,
  },
};

/** What a container needs is copied out while building; `next start` has all of it anyway and would complain. */
const forContainers = { output: "standalone", outputFileTracingRoot: import.meta.dirname };

/** @param {string} phase */
export default function config(phase) {
  return withNextIntl({ ...nextConfig, ...(phase === "phase-production-build" && forContainers) });
}
