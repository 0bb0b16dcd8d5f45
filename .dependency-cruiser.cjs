/** The floors (house.md): imports go down only, and the two wings of the second floor are strangers. */
const from = (path, to, comment) => ({
  name: `floor: ${path} must not know ${to}`,
  comment,
  severity: "error",
  from: { path: `^${path}`, pathNot: "\\.test\\.tsx?$" },
  to: { path: `^${to}` },
});
const ground =
  "(lib/domain|lib/env\\.ts|lib/log\\.ts|lib/metrics\\.ts|lib/request-id\\.ts|lib/telemetry|lib/trace\\.ts|lib/i18n)";
/** The uppermost floor. */
const top = "app|pages";
const product = `^(components|lib|${top})/`;
const backWing = "lib/(gateway|db)/";
const simulators = "lib/gateway/[^/]*/?simulator/";
const upper = "(lib/use-cases|lib/auth|lib/start\\.ts)";

module.exports = {
  forbidden: [
    from(
      ground,
      `(components|${backWing}|${upper}|${top})`,
      "the ground carries everything and knows nothing of it",
    ),
    from("lib/domain/", "lib/(?!domain/)", "domain imports zod and itself only"),
    from("components/", `(${backWing}|${upper}|${top})`, "the counter knows the law and its props"),
    from("lib/gateway/", `(components|lib/db|${upper}|${top})`, "a gateway knows no books"),
    from("lib/db/", `(components|lib/gateway|${upper}|${top})`, "the books know no gateway"),
    from(upper, `(components|${top})/`, "what staff can do does not know the screens"),
    {
      name: "floor: a simulator must not know the client",
      comment: "a simulator knows itself and what all simulators share",
      severity: "error",
      from: { path: "^lib/gateway/([^/]+)/simulator/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^lib/", pathNot: ["^lib/gateway/simulator/", "^lib/gateway/$1/simulator/"] },
    },
    from("lib/gateway/simulator/", "lib/(?!gateway/simulator/)", "what simulators share knows no gateway"),
    {
      name: "floor: product code must not know a simulator",
      comment: "product code never leans on a simulator",
      severity: "error",
      from: { path: product, pathNot: [`^${simulators}`, "\\.test\\.tsx?$"] },
      to: { path: `^${simulators}` },
    },
    {
      name: "what sends traces is loaded only where it is wanted",
      comment: "docs/adr/0029: without the variables nothing of OpenTelemetry is read from disk",
      severity: "error",
      from: {
        path: `${product}|^instrumentation`,
        pathNot: ["^lib/telemetry/", "\\.test\\.tsx?$"],
      },
      to: { path: "^lib/telemetry/", dynamic: false },
    },
    {
      name: "only lib/telemetry knows OpenTelemetry",
      severity: "error",
      from: { path: product, pathNot: ["^lib/telemetry/", "\\.test\\.tsx?$"] },
      to: { path: "node_modules/@opentelemetry/" },
    },
    {
      name: "no circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "domain needs only zod",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: "\\.test\\.tsx?$" },
      to: { dependencyTypes: ["npm"], pathNot: "node_modules/zod/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "fixtures" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      conditionNames: ["import", "node"],
      extensions: [".ts", ".tsx", ".js", ".mjs"],
    },
  },
};
