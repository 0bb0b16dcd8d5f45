import "server-only";
import type { Database } from "#lib/db/client.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { dropApp } from "./drop-factor.ts";
import { type ProofRefusal, withProof } from "./with-proof.ts";

/** Switches the authenticator app of a person's own account off, with the password or a code. */
export async function removeOwnFactor(
  database: Database,
  me: CurrentStaff,
  { proof }: { proof: string },
): Promise<Result<null, ProofRefusal | { readonly why: "noFactor" }>> {
  return withProof(database, me, {
    ...{ proof, action: "remove-factor" },
    deed: async (tx) => ((await dropApp(tx, me.staffId)) ? ok(null) : refuse({ why: "noFactor" })),
  });
}
