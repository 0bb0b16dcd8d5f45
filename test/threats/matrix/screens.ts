import { sql } from "drizzle-orm";
import { lockScreenAction, unlockScreenAction } from "#app/(staff)/actions.ts";
import { endSessionAction } from "#app/(staff)/admin/sessions/actions.ts";
import { makeSession } from "#test/shop.ts";
import { everybody, type Row } from "./row.ts";
import { pin } from "./world.ts";

const ending = "app/(staff)/admin/sessions/actions.ts endSessionAction";
const name = (action: string) => `app/(staff)/actions.ts ${action}`;

/** The lock of one's own screen, and the end of another's session. */
export const screens: readonly Row[] = [
  {
    ...{ name: name("lockScreenAction"), scope: "house", kind: "deed", may: everybody },
    covers: [name("lockScreenAction")],
    arrange: async () => ({ call: () => lockScreenAction({}) }),
  },
  {
    ...{ name: name("unlockScreenAction"), scope: "house", kind: "deed", may: everybody },
    covers: [name("unlockScreenAction")],
    arrange: async ({ world, who }) => ({
      prepare: () =>
        world.database.db.execute(sql`
          update app_session set locked_at = clock_timestamp() where id = (select id from (select id, revoked_at from app_session
            where staff_id = ${who.id} order by created_at desc limit 1) newest where revoked_at is null)`),
      call: () => unlockScreenAction({ pin }),
    }),
  },
  {
    ...{
      name: ending,
      scope: "store",
      kind: "deed",
      may: ["owner"],
      permission: "end-session",
      covers: [ending],
    },
    arrange: async ({ world }) => {
      const { id, deviceId } = await world.hire("cashier");
      const sessionId = await makeSession(world.database, id, deviceId);
      return { call: () => endSessionAction({ sessionId }) };
    },
  },
];
