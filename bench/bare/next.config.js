import { join } from "node:path";

/** The floor of the benchmarks: what Next and React cost by themselves, on the same machine and of the same version. */
/** @type {import("next").NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ["pg"],
  typescript: { ignoreBuildErrors: true },
  experimental: { turbopackFileSystemCacheForBuild: false },
  turbopack: { root: join(import.meta.dirname, "..", "..") },
};

export default nextConfig;
