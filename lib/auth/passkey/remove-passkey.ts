import "server-only";
import { and, eq } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { passkey } from "#lib/db/schema.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { dropIdleCodes } from "../factor/drop-factor.ts";
import { type ProofRefusal, withProof } from "../factor/with-proof.ts";

/** Removes a passkey of a person's own account, with the password or a code; another's is not found. */
export async function removePasskey(
  database: Database,
  me: CurrentStaff,
  { passkeyId, proof }: { passkeyId: string; proof: string },
): Promise<Result<null, ProofRefusal | { readonly why: "noPasskey" }>> {
  return withProof(database, me, {
    ...{ proof, action: "remove-passkey" },
    deed: async (tx) => {
      const gone = await tx
        .delete(passkey)
        .where(and(eq(passkey.id, passkeyId), eq(passkey.staffId, me.staffId)))
        .returning({ id: passkey.id });
      await dropIdleCodes(tx, me.staffId);
      return gone.length > 0 ? ok(null) : refuse({ why: "noPasskey" });
    },
  });
}
