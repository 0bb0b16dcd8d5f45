/** The variables of the outside contract, read once. Every fault is one sentence that names its variable. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** A setting that the operator has to change. */
export class WrongSetting extends Error {}

/**
 * @typedef {object} Settings
 * @property {number} port
 * @property {string} host address to listen on: loopback only in demo mode
 * @property {string | null} databaseUrl null: the embedded PostgreSQL
 * @property {boolean} isDemo
 * @property {boolean} isDrill
 * @property {string} url public base address
 * @property {string | null} masterKey
 * @property {string} data absolute path
 * @property {number} scan2payPort
 * @property {number} ksherPort
 */

const defaults = { port: 3000, scan2payPort: 4010, ksherPort: 4020, data: ".data" };
/** A drill runs beside a desk of the same checkout and shares nothing with it. */
const drillDefaults = { port: 3100, scan2payPort: 4110, ksherPort: 4120, data: ".data-drill" };

/** @param {NodeJS.ProcessEnv} env @param {string} root @returns {Settings} */
export function readSettings(env, root) {
  const isDrill = readFlag("STOREDESK_DRILL", env.STOREDESK_DRILL, false);
  const usual = isDrill ? drillDefaults : defaults;
  const port = readPort(env, "PORT", usual.port);
  const scan2payPort = readPort(env, "SCAN2PAY_SIMULATOR_PORT", usual.scan2payPort);
  const ksherPort = readPort(env, "KSHER_SIMULATOR_PORT", usual.ksherPort);
  const databaseUrl = readDatabaseUrl(env.DATABASE_URL);
  const isDeployment = databaseUrl !== null || env.NODE_ENV === "production";
  const isDemo = readFlag("STOREDESK_DEMO", env.STOREDESK_DEMO, isDrill || !isDeployment);
  if (isDrill && (!isDemo || (env.STOREDESK_ENVIRONMENT || "sandbox") !== "sandbox")) {
    throw new WrongSetting(
      "STOREDESK_DRILL is for a demo in a sandbox: STOREDESK_DEMO must be 1, STOREDESK_ENVIRONMENT empty or sandbox.",
    );
  }
  if (isDemo && new Set([port, scan2payPort, ksherPort]).size < 3) {
    throw new WrongSetting(
      "PORT, SCAN2PAY_SIMULATOR_PORT and KSHER_SIMULATOR_PORT must be three different ports.",
    );
  }
  if (env.STOREDESK_MASTER_KEY_OLD) demandKey("STOREDESK_MASTER_KEY_OLD", env.STOREDESK_MASTER_KEY_OLD);
  return {
    port,
    host: isDemo ? "127.0.0.1" : "0.0.0.0",
    databaseUrl,
    isDemo,
    isDrill,
    url: readUrl(env.STOREDESK_URL, port),
    masterKey: readMasterKey(env.STOREDESK_MASTER_KEY, isDemo),
    data: resolve(root, env.STOREDESK_DATA || usual.data),
    scan2payPort,
    ksherPort,
  };
}

/** @param {NodeJS.ProcessEnv} env @param {string} name @param {number} fallback */
function readPort(env, name, fallback) {
  const text = env[name] || String(fallback);
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new WrongSetting(`${name} must be a port number from 1 to 65535, not "${text}".`);
}

/** The address may hold a password, so it is never repeated. @param {string | undefined} text */
function readDatabaseUrl(text) {
  if (!text) return null;
  if (/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "")) return text;
  throw new WrongSetting("DATABASE_URL must be an address like postgres://user:password@host:5432/database.");
}

/** @param {string} name @param {string | undefined} text @param {boolean} fallback */
function readFlag(name, text, fallback) {
  if (!text) return fallback;
  if (text === "0" || text === "1") return text === "1";
  throw new WrongSetting(`${name} must be 0 or 1, not "${text}".`);
}

/** @param {string | undefined} text @param {number} port */
function readUrl(text, port) {
  if (!text) return `http://localhost:${port}`;
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash)
    return url.origin;
  throw new WrongSetting(`STOREDESK_URL must be an address like https://desk.example.com, not "${text}".`);
}

/** @param {string | undefined} text @param {boolean} isDemo */
function readMasterKey(text, isDemo) {
  if (!text && isDemo) return null;
  if (!text) throw new WrongSetting("STOREDESK_MASTER_KEY is missing: 32 random bytes in Base64.");
  return demandKey("STOREDESK_MASTER_KEY", text);
}

/** @param {string} name @param {string} text */
function demandKey(name, text) {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length === 32 && bytes.toString("base64") === text) return text;
  throw new WrongSetting(`${name} must be 32 bytes in Base64: 44 characters.`);
}

/**
 * A secret made once and kept beside the data, readable by its owner only. It appears whole or not at all.
 * @param {string} folder @param {string} name @param {number} bytes
 */
export function keptSecret(folder, name, bytes) {
  const path = join(folder, name);
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}.new`;
    writeFileSync(draft, randomBytes(bytes).toString("base64"), { mode: 0o600 });
    renameSync(draft, path);
  }
  return readFileSync(path, "utf8").trim();
}
