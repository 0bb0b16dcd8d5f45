import "server-only";
import { createHash } from "node:crypto";
import type pg from "pg";

/** What one connection keeps prepared at most; a text beyond these is planned anew each time, as without this. */
const preparedMax = 400;
/** One statement that reads or writes rows; several at once, or what changes tables, cannot be prepared. */
const preparable = /^\s*(select|insert|update|delete|with)\b[^;]*$/i;

type Statement = { readonly text: string; readonly name?: string };

/** Not a stream of COPY, which submits itself. */
const isStatement = (asked: unknown): asked is Statement =>
  typeof asked === "object" &&
  asked !== null &&
  !("submit" in asked) &&
  "text" in asked &&
  typeof asked.text === "string";

/**
 * Has a connection parse and plan each text once: from then on it is named, and PostgreSQL reuses what it made of it. The
 * clerk's question for the next job takes longer to plan than to answer, and it is asked several times a second.
 * (PostgreSQL's manual, PREPARE and plan_cache_mode.)
 */
export function prepareStatements(client: pg.PoolClient): void {
  const plain: unknown = Object.getPrototypeOf(client);
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known || names.size >= preparedMax || !preparable.test(text)) return known;
    const name = createHash("sha256").update(text).digest("base64url").slice(0, 22);
    names.set(text, name);
    return name;
  };
  const named = (asked: unknown) =>
    isStatement(asked) && !asked.name ? { ...asked, name: nameOf(asked.text) } : asked;
  Object.assign(client, {
    query: (asked: unknown, ...rest: unknown[]) =>
      Reflect.apply(Reflect.get(Object(plain), "query"), client, [named(asked), ...rest]),
  });
}
