import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { log } from "#lib/log.ts";
import { isFromOwnPage } from "./from-own-page.ts";
import { currentStaff } from "./session.ts";

type Refusal = NonNullable<ActionAnswer["refusal"]>;

/**
 * The door frame of every write: own Origin, a session that still stands, input parsed once; then the use-case, which
 * checks the permission and writes the audit beside its change. A bug becomes a reference number that is in the log.
 * `tell`: what of the value the form may know.
 */
export function staffAction<S extends z.ZodType, T>(
  schema: S,
  run: (staff: CurrentStaff, input: z.output<S>) => Promise<Result<T, Refusal>>,
  tell: (value: T) => Omit<ActionAnswer, "ok" | "refusal"> = () => ({}),
): (input: unknown) => Promise<ActionAnswer> {
  return async (input) => {
    if (!(await isFromOwnPage())) return refuse({ why: "badOrigin" });
    try {
      const staff = await currentStaff({ isAction: true });
      if (!staff) return refuse({ why: "signedOut" });
      const read = schema.safeParse(input);
      if (!read.success) {
        const fields = Object.fromEntries(
          read.error.issues.map((issue) => [issue.path.join("."), issue.message]),
        );
        return refuse({ why: "badInput", fields });
      }
      const answer = await run(staff, read.data);
      return answer.ok ? { ok: true, ...tell(answer.value) } : answer;
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
