import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { openCollector } from "#test/collector.ts";

/** Starts what a server process starts, without books, and prints which packages of OpenTelemetry were read from disk. */
const program = `
  import { registerHooks } from "node:module";
  const read = new Set();
  registerHooks({
    load(url, context, next) {
      const [, name] = /@opentelemetry\\/([^/]+)/.exec(url) ?? [];
      if (name) read.add(name);
      return next(url, context);
    },
  });
  const { start } = await import("#lib/start.ts");
  await start();
  await new Promise((resolve) => setTimeout(resolve, 400));
  console.log(JSON.stringify({ read: [...read] }));
  process.exit(0);`;

function started(variables: Record<string, string>): Promise<string[]> {
  const flags = ["--conditions=react-server", "--import", "./scripts/process/quick-imports.mjs"];
  const env = { ...process.env, ...variables };
  const child = spawn(process.execPath, [...flags, "--input-type=module", "--eval", program], { env });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  return new Promise((resolve, reject) => {
    child.on("close", () => {
      const line = said.split("\n").find((one) => one.includes('"read"'));
      if (line) resolve(JSON.parse(line).read);
      else reject(new Error(said));
    });
  });
}

test("switched off, nothing of OpenTelemetry is loaded and nobody connects to the collector; switched on, both", async () => {
  const [silent, wanted] = await Promise.all([openCollector(), openCollector()]);
  const sent = { OTEL_METRIC_EXPORT_INTERVAL: "100", OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };
  const [off, on] = await Promise.all([
    started({ ...sent, OTEL_EXPORTER_OTLP_ENDPOINT: silent.url, OTEL_SDK_DISABLED: "true" }),
    started({ ...sent, OTEL_EXPORTER_OTLP_ENDPOINT: wanted.url }),
  ]);
  // prom-client asks for the interfaces by itself; they do nothing without the rest.
  expect(off.filter((name) => name !== "api")).toEqual([]);
  expect(on).toContain("sdk-trace");
  expect([silent.now.connections, wanted.now.connections > 0]).toEqual([0, true]);
  await Promise.all([silent.close(), wanted.close()]);
});
