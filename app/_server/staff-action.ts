import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import type { z } from "zod";
import type { SessionStage } from "#lib/auth/session/session-stage.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { readInput } from "#lib/domain/read-input.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { log, logAbout } from "#lib/log.ts";
import { requestId } from "#lib/request-id.ts";
import { inSpan } from "#lib/trace.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { isFromOwnPage } from "./from-own-page.ts";
import { currentSession } from "./session.ts";

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
) {
  return frame(["in"], { schema, run, tell });
}

/** The same for what somebody also does before they are in: setting up the second factor that their role needs. */
export function setUpAction<S extends z.ZodType, T>(
  schema: S,
  run: Deed<S, T>["run"],
  tell: Deed<S, T>["tell"] = () => ({}),
) {
  return frame(["in", "setUp"], { schema, run, tell });
}

/** What somebody does whose password was right and whose second factor is asked for. */
export function secondStepAction<S extends z.ZodType, T>(
  schema: S,
  run: Deed<S, T>["run"],
  tell: Deed<S, T>["tell"] = () => ({}),
) {
  return frame(["code"], { schema, run, tell });
}

/** What is done at a screen that may be locked: locking and unlocking it. */
export function screenAction<S extends z.ZodType>(schema: S, run: Deed<S, null>["run"]) {
  return frame(["in", "locked"], { schema, run, tell: () => ({}) });
}

type Deed<S extends z.ZodType, T> = {
  readonly schema: S;
  readonly run: (staff: CurrentStaff, input: z.output<S>) => Promise<Result<T, Refusal>>;
  readonly tell: (value: T) => Omit<ActionAnswer, "ok" | "refusal">;
};

/** `stages`: how far somebody must have come with signing in. */
function frame<S extends z.ZodType, T>(
  stages: readonly SessionStage[],
  { schema, run, tell }: Deed<S, T>,
): (input: unknown) => Promise<ActionAnswer> {
  const answerTo = async (input: unknown): Promise<ActionAnswer> => {
    if (!(await isFromOwnPage())) return refuse({ why: "badOrigin" });
    try {
      const session = await currentSession({ isAction: true });
      if (!session || !stages.includes(session.stage))
        return refuse({ why: session?.stage === "locked" ? "screenLocked" : "signedOut" });
      const read = readInput(schema, input);
      if (!read.ok) return refuse({ why: "badInput", fields: read.fields });
      const answer = await run(session.staff, read.value);
      if (answer.ok) appContext().bell.ring();
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
  const inOneSpan = (input: unknown) =>
    inSpan("action", {}, async (note) => {
      const answer = await answerTo(input);
      note(answer.ok ? { outcome: "done" } : { outcome: "refused", why: answer.refusal?.why ?? "" });
      return answer;
    });
  return async (input) => logAbout({ request: requestId(await headers()) }, () => inOneSpan(input));
}
