import { paths } from "#lib/domain/paths.ts";

export const languages = ["zh-TW", "en", "th"] as const;
export const themes = ["light", "dark"] as const;
export const sizes = [
  { name: "desktop", width: 1280, height: 800 },
  { name: "tablet", width: 1024, height: 768 },
  { name: "phone", width: 390, height: 844 },
] as const;

/** Orders laid out for the pictures, by what their page shows. */
export const orderNos = {
  waiting: "PO261125017",
  paid: "PO261125018",
  asked: "PO261125019",
  refunded: "PO261125020",
  unknown: "PO261125021",
  notPaid: "PO261125022",
} as const;
const account = "xinyi";

export type View = { readonly name: string; readonly path: string; readonly as: string | null };

/** Every page, and who looks at it. `requestNo`: of the request that waits. */
export function viewsOf(requestNo: string): View[] {
  return [
    { name: "sign-in", path: paths.signIn, as: null },
    { name: "counter", path: paths.counter, as: "cashier" },
    { name: "search-nothing", path: paths.search("NO-SUCH-ORDER"), as: "cashier" },
    { name: "orders", path: paths.orders, as: "cashier" },
    ...Object.entries(orderNos).map(([state, orderNo]) => ({
      ...{ name: `order-${state}`, path: paths.order(account, orderNo), as: "cashier" },
    })),
    { name: "refund-form", path: paths.refundForm(account, orderNos.paid), as: "cashier" },
    { name: "requests", path: paths.requests, as: "cashier" },
    { name: "request", path: paths.request(requestNo), as: "cashier" },
    { name: "approvals", path: paths.approvals, as: "manager" },
    { name: "approval", path: paths.approval(requestNo), as: "manager" },
    { name: "attention", path: paths.attention, as: "manager" },
    { name: "audit", path: paths.audit, as: "manager" },
    { name: "staff", path: paths.staff, as: "owner" },
    { name: "staff-new", path: paths.newStaff, as: "owner" },
    { name: "status", path: paths.status, as: "cashier" },
    { name: "me", path: paths.me, as: "manager" },
  ];
}

/** The few that the README shows: view, language, theme, size. */
export const chosen: readonly string[] = [
  "order-paid.en.light.desktop",
  "approval.en.light.desktop",
  "order-unknown.zh-TW.dark.tablet",
  "counter.th.light.phone",
];
