import { dropViewAction, renameViewAction, saveViewAction } from "#app/(staff)/orders/actions.ts";
import { savedView } from "#lib/db/schema.ts";
import { type Cell, everybody, type Row } from "./row.ts";

const name = (action: string) => `app/(staff)/orders/actions.ts ${action}`;

function form(fields: Readonly<Record<string, string>>): FormData {
  const typed = new FormData();
  for (const [field, value] of Object.entries(fields)) typed.set(field, value);
  return typed;
}
/** They end at the list, whatever became of them. */
const sent = (action: (typed: FormData) => Promise<void>, fields: Readonly<Record<string, string>>) => () =>
  action(form(fields)).catch((error: Error) => error.message);

/** A view of theirs, or of the manager of the store. */
export async function viewOf({ world, who, isTheirs }: Cell): Promise<{ id: string; name: string }> {
  const { id: staffId } = isTheirs ? who : world.boss;
  const [row] = await world.database.db
    .insert(savedView)
    .values({ staffId, name: `view ${crypto.randomUUID().slice(0, 8)}`, query: "state=paid" })
    .returning({ id: savedView.id, name: savedView.name });
  if (!row) throw new Error("no view");
  return row;
}

// A filter that somebody keeps for themselves changes nothing of the shop, so nothing is on record.
const ofOneself = { kind: "deed", may: everybody, isSilent: true, isAlike: true } as const;

/** Saved views of the order list. */
export const views: readonly Row[] = [
  {
    ...{ name: name("saveViewAction"), scope: "house", ...ofOneself },
    covers: [name("saveViewAction"), "saveView"],
    arrange: async () => {
      const called = crypto.randomUUID().slice(0, 8);
      return { call: sent(saveViewAction, { name: called, list: "state=paid" }) };
    },
  },
  {
    ...{ name: name("renameViewAction"), scope: "person", ...ofOneself },
    covers: [name("renameViewAction"), "renameView"],
    arrange: async (cell) => {
      const { id } = await viewOf(cell);
      return { call: sent(renameViewAction, { id, name: crypto.randomUUID().slice(0, 8) }) };
    },
  },
  {
    ...{ name: name("dropViewAction"), scope: "person", ...ofOneself },
    covers: [name("dropViewAction"), "dropView"],
    arrange: async (cell) => {
      const { id } = await viewOf(cell);
      return { call: sent(dropViewAction, { id }) };
    },
  },
];
