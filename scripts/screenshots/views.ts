import { auditQuery } from "#lib/domain/audit-filter.ts";
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
const store = "00001";

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
    { name: "proof", path: paths.proof, as: "manager" },
    { name: "audit", path: paths.audit, as: "manager" },
    {
      name: "audit-order",
      path: `${paths.audit}?${auditQuery({ order: orderNos.refunded })}`,
      as: "manager",
    },
    { name: "pairs", path: paths.pairs, as: "owner" },
    { name: "staff", path: paths.staff, as: "owner" },
    { name: "staff-one", path: paths.oneOfStaff("cashier"), as: "owner" },
    { name: "staff-new", path: paths.newStaff, as: "owner" },
    { name: "stores", path: paths.stores, as: "owner" },
    { name: "store", path: paths.oneStore(store), as: "owner" },
    { name: "account", path: paths.storeAccount(store, account), as: "owner" },
    { name: "reasons", path: paths.reasons, as: "owner" },
    { name: "devices", path: paths.sessions, as: "owner" },
    { name: "sign-in-rules", path: paths.signInRules, as: "owner" },
    { name: "status", path: paths.status, as: "cashier" },
    { name: "me", path: paths.me, as: "manager" },
  ];
}

/** The tour of five minutes: what its pictures show, in its order, in each language. */
const tour = ["order-paid", "refund-form", "approval", "order-refunded", "audit-order"];

/** The few that the papers show: view, language, theme, size. */
export const chosen: readonly string[] = [
  ...languages.flatMap((language) => tour.map((view) => `${view}.${language}.light.desktop`)),
  "order-unknown.zh-TW.dark.tablet",
  "counter.th.light.phone",
];
