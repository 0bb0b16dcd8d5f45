import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const files = globSync(["{app,components,lib,pages}/**/*.{ts,tsx}", "*.ts"], { cwd: root }).filter(
  (path) => !/\.test\.tsx?$|fixtures\//.test(path),
);
const read = (path: string) => readFileSync(join(root, path), "utf8");
const offenders = (isWrong: (path: string, text: string) => boolean) =>
  files.filter((path) => isWrong(path, read(path)));

describe("what no linter can say", () => {
  test("every file that keys, books or people's rights live in is marked server-only on its first line", () => {
    const isInside = (path: string) =>
      /^lib\/(gateway|db|auth|telemetry|use-cases)\/|^lib\/(env|log|metrics|request-id|start|trace)\.ts$/.test(
        path,
      ) && !/simulator\/|contract/.test(path);
    expect(offenders((path, text) => isInside(path) && !text.startsWith('import "server-only";'))).toEqual(
      [],
    );
    expect(files.filter(isInside).length).toBeGreaterThan(40);
  });

  test('"use server" stands in actions.ts files and nowhere else', () => {
    expect(
      offenders((path, text) => /^\s*["']use server["']/m.test(text) && !path.endsWith("/actions.ts")),
    ).toEqual([]);
  });

  test("transactions go through withTx, and no text becomes SQL", () => {
    expect(
      offenders((path, text) => /\.transaction\(|sql\.raw\(/.test(text) && path.startsWith("lib/")),
    ).toEqual([]);
  });

  test("no lock belongs to a session: behind a pooler it would outlive its process (docs/growth.md)", () => {
    expect(offenders((_, text) => /pg_advisory_lock\(|pg_try_advisory_lock\(/.test(text))).toEqual([]);
  });

  test("every use-case that writes for a person checks the permission and writes the audit line", () => {
    const verbs = [
      "approve-refund",
      "cancel-order",
      "reject-refund",
      "request-refund",
      "return-refund",
      "withdraw-refund",
    ];
    for (const verb of verbs) {
      const text = read(`lib/use-cases/${verb}.ts`);
      const judges = text.includes("mayAsk(") ? read("lib/use-cases/may-ask.ts") : text;
      const isFramed = text.includes("decideRefund(") && text.includes(`permission: "${verb}"`);
      expect([
        verb,
        isFramed ||
          (judges.includes(`"${verb}"`) && judges.includes("roleCan(") && text.includes("appendAudit(")),
      ]).toEqual([verb, true]);
    }
  });

  test("what follows by itself asks an address, never for a page: only a person's page keeps a session alive", () => {
    const follows = /\buse(?:Query|LiveData|RequestNow)\(|\bsetInterval\(/;
    const effects = (text: string) => text.match(/\buseEffect\([\s\S]*?\n {2}\}/g)?.join() ?? "";
    const asks = /\.refresh\(\)|\blocation\.reload\(\)/;
    expect(
      offenders((_, text) => (follows.test(text) && asks.test(text)) || asks.test(effects(text))),
    ).toEqual([]);
  });

  test("an address that pages poll never counts as a person's action, so it keeps no session alive", () => {
    // A person's own scan asks this one, once; nothing follows by it.
    const ownDeeds = ["app/api/known/route.ts"];
    const polls = files.filter(
      (path) => /^app\/api\/.*\/route\.ts$|^pages\/|\/polled\.ts$/.test(path) && !ownDeeds.includes(path),
    );
    expect(polls.length).toBeGreaterThan(10);
    expect(
      polls.filter((path) => read(path).includes("requireStaff(") || read(path).includes("isAction: true")),
    ).toEqual([]);
  });

  test("what stands under pages is an address that open pages poll, in the frame of these, and reads no body", () => {
    const below = files.filter((path) => path.startsWith("pages/"));
    const isPoll = (text: string) =>
      text.includes("export default polled(") &&
      text.includes("export const config = { api: { bodyParser: false } };");
    expect(below.length).toBeGreaterThan(0);
    expect(below.filter((path) => !path.startsWith("pages/api/") || !isPoll(read(path)))).toEqual([]);
  });

  test("no button takes a press before the page's scripts are at work, for that press would be lost", () => {
    // It is shown by scripts alone.
    const isNeverSent = (path: string) => path === "app/global-error.tsx";
    expect(
      offenders(
        (path, text) =>
          !isNeverSent(path) &&
          (/<button\b[^<]*?onClick=/.test(text) || /<\w+\.Trigger(?! asChild)/.test(text)),
      ),
    ).toEqual([]);
    // components/ui/button.test.tsx holds that these wait.
    expect(files.filter((path) => /<(Bare)?Button\b/.test(read(path))).length).toBeGreaterThan(20);
  });

  test("nobody opens their own way around types", () => {
    expect(offenders((_, text) => /\bas any\b|@ts-ignore|@ts-nocheck|biome-ignore/.test(text))).toEqual([]);
  });
});
