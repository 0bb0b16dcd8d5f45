import "server-only";
import { join } from "node:path";
import { z } from "zod";
import { environments } from "#lib/domain/recovery/epoch.ts";

const flag = z.enum(["0", "1"]).transform((value) => value === "1");

/** An empty line of .env is a variable that was left out. */
const leftOut = <T extends z.ZodType>(inner: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), inner.optional());

const keyBytes = (name: string) =>
  z
    .string({ error: `${name} is missing: 32 random bytes in Base64` })
    .transform((text) => Buffer.from(text, "base64"))
    .refine((bytes) => bytes.length === 32, `${name} must be 32 bytes in Base64`);

const drillIsDemo = {
  path: ["STOREDESK_DRILL"],
  error: "a drill is a demo in a sandbox: STOREDESK_DEMO must be 1, STOREDESK_ENVIRONMENT empty or sandbox",
};

const fields = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "DATABASE_URL must be a postgres:// address" }),
  STOREDESK_DATA: z.string().min(1).default(".data"),
  STOREDESK_DEMO: flag.default(false),
  STOREDESK_DRILL: leftOut(flag),
  STOREDESK_DRILL_URL: leftOut(
    z.url({ protocol: /^https?$/, error: "STOREDESK_DRILL_URL must be an http(s) address" }),
  ),
  STOREDESK_ENVIRONMENT: leftOut(
    z.enum(environments, "STOREDESK_ENVIRONMENT must be production, staging or sandbox"),
  ),
  STOREDESK_DRAIN_SECONDS: leftOut(
    z.coerce
      .number("STOREDESK_DRAIN_SECONDS must be 0 to 30")
      .int()
      .min(0)
      .max(30, "STOREDESK_DRAIN_SECONDS must be 0 to 30"),
  ),
  STOREDESK_ADDRESS_HEADER: leftOut(
    z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "STOREDESK_ADDRESS_HEADER must be the name of a header"),
  ),
  STOREDESK_HEAD_FILE: leftOut(z.string().min(1)),
  STOREDESK_METRICS_TOKEN: leftOut(
    z.string().min(16, "STOREDESK_METRICS_TOKEN must be at least 16 characters"),
  ),
  STOREDESK_MASTER_KEY: keyBytes("STOREDESK_MASTER_KEY"),
  STOREDESK_MASTER_KEY_OLD: leftOut(keyBytes("STOREDESK_MASTER_KEY_OLD")),
  STOREDESK_URL: z
    .url({ protocol: /^https?$/, error: "STOREDESK_URL must be an http(s) address" })
    .default("http://localhost:3000"),
  NEXTAUTH_SECRET: z
    .string({ error: "NEXTAUTH_SECRET is missing" })
    .min(32, "NEXTAUTH_SECRET must be at least 32 characters"),
});

/** A drill is a demo in a sandbox, and never anything else. */
const isWhole = ({
  STOREDESK_DRILL,
  STOREDESK_DEMO,
  STOREDESK_ENVIRONMENT = "sandbox",
}: z.output<typeof fields>) => !STOREDESK_DRILL || (STOREDESK_DEMO && STOREDESK_ENVIRONMENT === "sandbox");

/**
 * What is left out follows from the rest: a demo is a sandbox, and the audit's head is copied beside the data. A drill keeps its
 * head there whatever it was told: the file may be that of the desk beside it.
 */
const schema = fields.refine(isWhole, drillIsDemo).transform((given) => ({
  ...given,
  STOREDESK_DRILL: given.STOREDESK_DRILL ?? false,
  STOREDESK_DRAIN_SECONDS: given.STOREDESK_DRAIN_SECONDS ?? 0,
  STOREDESK_ENVIRONMENT: given.STOREDESK_ENVIRONMENT ?? (given.STOREDESK_DEMO ? "sandbox" : "production"),
  STOREDESK_HEAD_FILE:
    (given.STOREDESK_DRILL ? null : given.STOREDESK_HEAD_FILE) ??
    join(given.STOREDESK_DATA, "audit-head.json"),
}));

/** The environment, read and checked once. The master keys as 32 raw bytes each. */
export type Env = z.output<typeof schema>;

/** Which build this is; its maker writes the value in (scripts/bootstrap/build.mjs). `dev` where nothing was built. */
export const build: string = process.env.STOREDESK_BUILD || "dev";

let known: Env | undefined;

/** Reads the environment at first use. Throws one sentence that names every wrong variable. */
export function env(): Env {
  if (known) return known;
  const read = schema.safeParse(process.env);
  if (!read.success)
    throw new Error(read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
  known = read.data;
  return known;
}

const collectors = [
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
  "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
] as const;

/** The variables as they are, where one of them names a collector of traces or metrics and none switches it off; else null. */
export function telemetryVariables(): Readonly<Record<string, string | undefined>> | null {
  const isOff = process.env.OTEL_SDK_DISABLED?.toLowerCase() === "true";
  return isOff || !collectors.some((name) => process.env[name]) ? null : process.env;
}
