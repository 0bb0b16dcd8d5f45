import { readFileSync } from "node:fs";
import type { RowDamage } from "#lib/domain/export-check.ts";
import { isOurSeal, readCheck, type SealedCheck } from "#lib/use-cases/exports/audit-check.ts";
import { checkExport } from "#lib/use-cases/exports/check-export.ts";

function wordsOf(damage: RowDamage): string {
  switch (damage.what) {
    case "edited":
      return `row ${damage.row} is not as it was exported: a cell was edited`;
    case "missing":
      return `row ${damage.row} is gone`;
    case "added":
      return `row ${damage.row} was never exported`;
    case "cut":
      return `row ${damage.row} and what came after it are gone: the end was cut off`;
    case "swapped":
      return `row ${damage.row} changed places with row ${damage.otherRow}`;
  }
}

/** Says whether a list is as it was exported, and whether these books sealed its check file; false: one of both is not so. */
export async function verifyExport(list: string, checkPath: string): Promise<boolean> {
  const check = readCheck(readFileSync(checkPath, "utf8"));
  if (!check) {
    console.error(`${checkPath} is not a check file of Storedesk.`);
    return false;
  }
  const verdict = checkExport(readFileSync(list), check);
  const isSealed = await heldAgainstBooks(check);
  if (verdict.state === "damaged") {
    console.error(`${list} is damaged: ${wordsOf(verdict.damage)} (the heads are row 1).`);
    return false;
  }
  const saved = verdict.state === "resaved" ? " Some program saved it anew, cell for cell the same." : "";
  console.log(
    `${list} is whole: ${check.marks.length - 1} lines, exported ${check.madeAt} by ${check.madeBy}, filter "${check.filter}", the audit up to line ${check.asOf.seq}.${saved}`,
  );
  return isSealed;
}

/** The seal needs the books; somebody else's accountant has none, and is told what that leaves open. */
async function heldAgainstBooks(check: SealedCheck): Promise<boolean> {
  const isOurs = await askBooks(check).catch(() => null);
  if (isOurs === null)
    console.log("The books were not reached: whether they sealed the check file itself is left open.");
  else if (isOurs) console.log("These books sealed the check file.");
  else console.error("These books did not seal this check file: it was changed, or is of other books.");
  return isOurs !== false;
}

async function askBooks(check: SealedCheck): Promise<boolean> {
  const { appDatabase } = await import("#lib/db/pool.ts");
  const { db, pool } = appDatabase();
  return isOurSeal(db, check).finally(() => pool.end());
}
