/** The floors (house.md): imports go down only, and the two wings of the second floor are strangers. */
const from = (path, to, comment) => ({
  name: `floor: ${path} must not know ${to}`,
  comment,
  severity: "error",
  from: { path: `^${path}`, pathNot: "\\.test\\.tsx?$" },
  to: { path: `^${to}` },
});
const ground = "(lib/domain|lib/env\\.ts|lib/log\\.ts|lib/i18n)";
const backWing = "lib/(gateway|db)/";
const upper = "(lib/use-cases|lib/auth|lib/start\\.ts)";

module.exports = {
  forbidden: [
    from(
      ground,
      `(components|${backWing}|${upper}|app)`,
      "the ground carries everything and knows nothing of it",
    ),
    from("lib/domain/", "lib/(?!domain/)", "domain imports zod and itself only"),
    from("components/", `(${backWing}|${upper}|app)`, "the counter knows the law and its props"),
    from("lib/gateway/", `(components|lib/db|${upper}|app)`, "a gateway knows no books"),
    from("lib/db/", `(components|lib/gateway|${upper}|app)`, "the books know no gateway"),
    from(upper, "(components|app)/", "what staff can do does not know the screens"),
    from(
      "lib/gateway/[^/]+/simulator/",
      "lib/(?!gateway/[^/]+/simulator/)",
      "a simulator shares no code with the client",
    ),
    from(
      "lib/gateway/(?![^/]+/simulator/)",
      "lib/gateway/[^/]+/simulator/",
      "product code never leans on a simulator",
    ),
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
