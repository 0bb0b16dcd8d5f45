import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import type { z } from "zod";
import { isOwnOrigin } from "#lib/domain/own-origin.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { log } from "#lib/log.ts";
import { currentStaff } from "./session.ts";

/** Refusals every action may answer with. */
export type FrameRefusal =
  | { readonly why: "signedOut" | "badOrigin" }
  | { readonly why: "badInput"; readonly fields: Readonly<Record<string, string>> }
  | { readonly why: "unexpected"; readonly reference: string };

/**
 * The door frame of every write: own Origin, a session that still stands, input parsed once; then the use-case, which
 * checks the permission and writes the audit beside its change. A bug becomes a reference number that is in the log.
 */
export function staffAction<S extends z.ZodType, T, R>(
  schema: S,
  run: (staff: CurrentStaff, input: z.output<S>) => Promise<Result<T, R>>,
): (input: unknown) => Promise<Result<T, R | FrameRefusal>> {
  return async (input) => {
    const head = await headers();
    if (!isOwnOrigin(head.get("origin"), head.get("host"))) return refuse({ why: "badOrigin" });
    const staff = await currentStaff({ isAction: true });
    if (!staff) return refuse({ why: "signedOut" });
    const read = schema.safeParse(input);
    if (!read.success) {
      const fields = Object.fromEntries(
        read.error.issues.map((issue) => [issue.path.join("."), issue.message]),
      );
      return refuse({ why: "badInput", fields });
    }
    try {
      return await run(staff, read.data);
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      log.error(
        { reference, error: error instanceof Error ? error.stack : String(error) },
        "an action failed",
      );
      return refuse({ why: "unexpected", reference });
    }
  };
}
