import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase, typedAccess } from "#lib/db/client.ts";
import type { CallOptions, Gateway, RefundAsk, RefundsAsk } from "#lib/gateway/gateway.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import type { Context } from "#lib/use-cases/context.ts";

/**
 * What happens at one step of a process. `dies`: the process ends before the step; the death before the next step is the death
 * after this one. `reply-lost`: the statement happens, its connection breaks, the process lives. `statement-lost`: the
 * connection breaks before the statement, the process lives.
 */
export const blows = ["dies", "reply-lost", "statement-lost"] as const;
export type Blow = (typeof blows)[number];
/** At the n-th step, counted from 1, of those `isMet` picks; or at the first step of that name. */
export type Strike = {
  readonly at: number | string;
  readonly blow: Blow;
  readonly isMet?: (step: string) => boolean;
};

/** A process of its own as far as the books and the gateway can tell: own connections, own name as lease holder. */
export type Victim = {
  readonly ctx: Context;
  /** Every step it took, in order: statements and calls. */
  readonly steps: readonly string[];
  /** The step at which it was struck; null: it came to its end untouched. */
  struckAt(): string | null;
  /** Runs until the work ends, or until the process is dead. */
  run(work: (ctx: Context) => Promise<unknown>): Promise<"ended" | "failed" | "dead">;
  /** Ends what is left of it. */
  bury(): Promise<void>;
};

/** The books the victim works on. */
type Home = { readonly url: string };
type Step = <T>(label: string, act: () => Promise<T>) => Promise<T>;

/** Never answers: what a dead process waits for. */
const silence = () => new Promise<never>(() => undefined);
const connectionsMax = 4;

/**
 * Whoever cuts lines has one of their own, by the books' address: all of the living's may be waiting for a lock that only the
 * cut frees, as nobody's in the world would.
 */
const cutters = new Map<string, pg.Pool>();
function cutterOf(url: string): pg.Pool {
  const known = cutters.get(url);
  if (known) return known;
  const cutter = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true });
  cutter.on("error", () => undefined);
  cutters.set(url, cutter);
  return cutter;
}

/** Makes a process that is struck once; without a strike it only counts its steps. */
export function makeVictim({ url }: Home, strike: Strike | null): Victim {
  const name = `victim-${randomBytes(6).toString("hex")}`;
  const address = Object.assign(new URL(url), { search: `application_name=${name}` }).toString();
  const death = Promise.withResolvers<"dead">();
  const steps: string[] = [];
  const its = { isDead: false, struckAt: null as string | null, count: 0 };

  /** Breaks every connection to the books, as its death or a network would, and waits until the server has noticed. */
  async function hangUp(): Promise<void> {
    for (;;) {
      const { rowCount } = await cutterOf(url).query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
        [name],
      );
      if (rowCount === 0) return;
    }
  }

  async function die(): Promise<never> {
    its.isDead = true;
    await hangUp();
    death.resolve("dead");
    return silence();
  }

  async function loseLine(): Promise<never> {
    await hangUp();
    throw new Error("Connection terminated unexpectedly");
  }

  const step: Step = async (label, act) => {
    if (its.isDead) return silence();
    steps.push(label);
    if (!strike || its.struckAt !== null || !canStrike(strike, label)) return act();
    its.count += 1;
    if (strike.at !== its.count && strike.at !== label) return act();
    its.struckAt = label;
    if (strike.blow === "dies") return die();
    if (strike.blow === "statement-lost") return loseLine();
    await act();
    return loseLine();
  };

  const real = openDatabase(address, connectionsMax);
  const ctx = throughGateway(makeContext(throughSteps(real, step, () => its.isDead)), step);
  return {
    ctx,
    steps,
    struckAt: () => its.struckAt,
    run(work) {
      const ends = work(ctx).then(
        () => "ended" as const,
        () => "failed" as const,
      );
      return Promise.race([ends, death.promise]);
    },
    async bury() {
      its.isDead = true;
      await hangUp();
      void real.pool.end();
    },
  };
}

/** Only a connection to the books can break without its process. */
function canStrike({ blow, isMet = () => true }: Strike, label: string): boolean {
  return isMet(label) && (blow === "dies" || !isCall(label));
}

/** Whether a step is one of a call to the gateway, not a statement. */
const isCall = (step: string) => step.startsWith("gateway ");

function wordsOf(query: unknown): string {
  const text = typeof query === "string" ? query : String(Object(query).text ?? "");
  return text.trim().replaceAll(/\s+/g, " ").slice(0, 60);
}

/** The same database with every statement a step; the dead open no connection. */
function throughSteps(real: Database, step: Step, isDead: () => boolean): Database {
  const counted = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(on, key) {
        const value: unknown = Reflect.get(on, key);
        if (typeof value !== "function") return value;
        if (key === "query")
          return (...args: unknown[]) => step(wordsOf(args[0]), () => Reflect.apply(value, on, args));
        if (key === "connect")
          return async (...args: unknown[]) =>
            isDead() ? silence() : counted(await Reflect.apply(value, on, args));
        return value.bind(on);
      },
    });
  const pool = counted(real.pool);
  return { pool, db: typedAccess(pool) };
}

/** The same accounts with every call three steps: begun, its last gate passed, answered. */
function throughGateway(ctx: Context, step: Step): Context {
  const watched =
    <A, R>(name: string, call: (about: A, options: CallOptions) => Promise<R>) =>
    async (about: A, options: CallOptions): Promise<R> => {
      await step(`gateway ${name}: begins`, async () => undefined);
      const mayWrite = options.mayWrite ?? (async () => true);
      const gate = async () => (await mayWrite()) && step(`gateway ${name}: writes`, async () => true);
      return step(`gateway ${name}: answers`, () => call(about, { ...options, mayWrite: gate }));
    };
  return {
    ...ctx,
    async openAccount(accountId) {
      const account = await ctx.openAccount(accountId);
      const { gateway } = account;
      const { queryRefund, listRefunds } = gateway;
      const through: Gateway = {
        ...gateway,
        queryOrder: watched("query", (no: string, options) => gateway.queryOrder(no, options)),
        cancelOrder: watched("cancel", (no: string, options) => gateway.cancelOrder(no, options)),
        queryRefund:
          queryRefund && watched("refund query", (ask: RefundAsk, options) => queryRefund(ask, options)),
        listRefunds:
          listRefunds && watched("refund list", (ask: RefundsAsk, options) => listRefunds(ask, options)),
        refund: watched("refund", (order: Parameters<Gateway["refund"]>[0], options) =>
          gateway.refund(order, options),
        ),
      };
      return { ...account, gateway: through };
    },
  };
}
