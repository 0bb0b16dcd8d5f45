import { globSync, readFileSync } from "node:fs";

const namesIn = (file: string, pattern: RegExp) =>
  [...readFileSync(file, "utf8").matchAll(pattern)].map(([, name = ""]) => name);

/** Every server action of the code, `file name`. */
export const actionsOfTheCode = globSync("app/**/actions.ts").flatMap((file) =>
  namesIn(file, /^export (?:async function|const) (\w+)/gm).map((name) => `${file} ${name}`),
);

/** Every address of the code. */
export const addressesOfTheCode = globSync(["app/**/route.ts", "pages/**/*.ts"]);

/** Every use-case that does or reads something for a member of staff: it is given both and promises an answer. */
const useCase =
  /^export (?:async )?function (\w+)\(\s*ctx: Context,\s*\w+: CurrentStaff(?:(?!\): ).)*\): Promise</gms;
export const useCasesOfTheCode = globSync("lib/use-cases/**/*.ts", { exclude: ["**/*.test.ts"] }).flatMap(
  (file) => namesIn(file, useCase),
);

/** next-auth's own address answers before any permission; it is tried over HTTP instead (test/threats). */
export const triedOverHttp = ["app/api/auth/[...nextauth]/route.ts"];
