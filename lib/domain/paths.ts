/** Addresses of the product in one place; `account` is a merchant account's slug. */
export const paths = {
  counter: "/",
  counterView: "/api/counter",
  /** How the gateways stand, and where the page asks. */
  status: "/status",
  statusView: "/api/status",
  /** Practice orders, in a drill only. */
  drill: "/drill",
  signIn: "/signin",
  /** Sign in and go on to `next`, a path of ours. */
  signInTo: (next: string) => paths.thenTo(paths.signIn, next),
  /** The second step of signing in, and where somebody sets up the second factor that their role needs. */
  signInCode: "/signin/code",
  signInSetUp: "/signin/setup",
  /** The lock screen as a page of its own, for whoever opens one while the screen is locked. */
  lock: "/lock",
  /** A page of signing in that leads on to `next`. */
  thenTo: (door: string, next: string) => `${door}?next=${encodeURIComponent(next)}`,
  /** `list`: the filter of the order list somebody searches from, kept for the way back. */
  search: (q: string, list = "") =>
    `/search?q=${encodeURIComponent(q)}${list === "" ? "" : `&list=${encodeURIComponent(list)}`}`,
  /** Which one order of the books has this number, for whoever goes straight to it. */
  known: (q: string) => `/api/known?q=${encodeURIComponent(q)}`,
  orders: "/orders",
  order: (account: string, orderNo: string, list = "") =>
    `/orders/${encodeURIComponent(account)}/${encodeURIComponent(orderNo)}${list === "" ? "" : `?list=${encodeURIComponent(list)}`}`,
  orderList: (query: string) => `/orders?${query}`,
  /** Back at the list: `said` is what became of a saved view, `named` the name that was typed for it. */
  afterView: (query: string, said: string, named: string) =>
    `/orders?${new URLSearchParams([...new URLSearchParams(query), ["view", said], ...(named === "" ? [] : [["named", named]])])}`,
  /** The list as a file, with the filter of this query. */
  exportOrders: (query: string) => `/api/exports/orders?${query}`,
  exportAudit: (query: string) => `/api/exports/audit?${query}`,
  exportCheckedAudit: (query: string) => `/api/exports/audit?with=check&${query}`,
  refundForm: (account: string, orderNo: string) => `${paths.order(account, orderNo)}/refund`,
  /** The form that answers a returned request, or asks again after one that is over. */
  refundAgain: (account: string, orderNo: string, after: string) =>
    `${paths.refundForm(account, orderNo)}?after=${encodeURIComponent(after)}`,
  sentRequest: (clientRequestId: string) => `/api/requests/sent/${encodeURIComponent(clientRequestId)}`,
  requestStatus: (requestNo: string) => `/api/requests/${encodeURIComponent(requestNo)}/status`,
  waitingApprovals: "/api/approvals/waiting",
  health: "/api/health",
  ready: "/api/ready",
  metrics: "/metrics",
  orderStatus: (account: string, orderNo: string) =>
    `/api/orders/${encodeURIComponent(account)}/${encodeURIComponent(orderNo)}/status`,
  requests: "/requests",
  request: (requestNo: string) => `/requests/${encodeURIComponent(requestNo)}`,
  approvals: "/approvals",
  approvalsTab: (tab: string) => `/approvals?tab=${encodeURIComponent(tab)}`,
  /** Several requests side by side, to be approved with one PIN; and where the page asks how they stand. */
  together: "/approvals/together",
  togetherNow: (requestNos: readonly string[]) =>
    `/api/approvals/together?${new URLSearchParams(requestNos.map((no) => ["no", no]))}`,
  approval: (requestNo: string) => `/approvals/${encodeURIComponent(requestNo)}`,
  attention: "/attention",
  proof: "/attention/proof",
  audit: "/audit",
  pairs: "/audit/pairs",
  me: "/me",
  admin: "/admin",
  reasons: "/admin/reasons",
  stores: "/admin/stores",
  newStore: "/admin/stores/new",
  oneStore: (code: string) => `/admin/stores/${encodeURIComponent(code)}`,
  /** An account of a store; `new`: one that is being made, of a gateway. */
  storeAccount: (code: string, slug: string) =>
    `${paths.oneStore(code)}/accounts/${encodeURIComponent(slug)}`,
  newStoreAccount: (code: string, gateway: string) =>
    `${paths.oneStore(code)}/new-account?gateway=${encodeURIComponent(gateway)}`,
  signInRules: "/admin/sign-in",
  sessions: "/admin/sessions",
  staff: "/admin/staff",
  newStaff: "/admin/staff/new",
  oneOfStaff: (username: string) => `/admin/staff/${encodeURIComponent(username)}`,
} as const;

/** Is `path` this place itself or a page below it? Below the counter, which is `/`, there is none. */
export const isWithin = (path: string, place: string) => path === place || path.startsWith(`${place}/`);
