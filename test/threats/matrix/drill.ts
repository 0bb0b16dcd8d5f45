import { currentStaff } from "#app/_server/session.ts";
import { beginAnewAction, payPracticeAction, practiseAction } from "#app/(staff)/drill/actions.ts";
import { practiceNo } from "#lib/domain/practice.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewPractice } from "#lib/use-cases/drill/view-practice.ts";
import type { Row } from "./row.ts";

const name = (action: string) => `app/(staff)/drill/actions.ts ${action}`;
/** These books are no drill's, so nobody gets anything; who may in a drill stands in lib/use-cases/drill/drill.db.test.ts. */
const nobody = { scope: "house", may: [] } as const;

/** What there is in a drill only. */
export const drills: readonly Row[] = [
  {
    ...{ name: name("practiseAction"), kind: "deed", permission: "practise", ...nobody },
    covers: [name("practiseAction"), "practise"],
    arrange: async ({ world }) => ({
      call: () => practiseAction({ account: world.shop.account.slug, practice: "paid" }),
    }),
  },
  {
    ...{ name: name("payPracticeAction"), kind: "deed", permission: "practise", ...nobody },
    covers: [name("payPracticeAction"), "payPractice"],
    arrange: async ({ world }) => {
      const input = { account: world.shop.account.slug, orderNo: practiceNo("unpaid", "705299") };
      return { call: () => payPracticeAction(input) };
    },
  },
  {
    ...{ name: name("beginAnewAction"), kind: "deed", permission: "begin-anew", ...nobody },
    covers: [name("beginAnewAction"), "beginAnew"],
    arrange: async () => ({ call: () => beginAnewAction({}) }),
  },
  {
    ...{ name: "viewPractice", kind: "reading", covers: ["viewPractice"], ...nobody },
    arrange: async () => ({
      mark: "accounts",
      call: async () => {
        const staff = await currentStaff({ isAction: true });
        return staff && viewPractice(appContext(), staff);
      },
    }),
  },
];
