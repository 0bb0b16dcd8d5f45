/** Addresses of the product in one place; `account` is a merchant account's slug. */
export const paths = {
  counter: "/",
  signIn: "/signin",
  search: (q: string) => `/search?q=${encodeURIComponent(q)}`,
  orders: "/orders",
  order: (account: string, orderNo: string) =>
    `/orders/${encodeURIComponent(account)}/${encodeURIComponent(orderNo)}`,
  refundForm: (account: string, orderNo: string) => `${paths.order(account, orderNo)}/refund`,
  orderStatus: (account: string, orderNo: string) =>
    `/api/orders/${encodeURIComponent(account)}/${encodeURIComponent(orderNo)}/status`,
  requests: "/requests",
  request: (requestNo: string) => `/requests/${encodeURIComponent(requestNo)}`,
  approvals: "/approvals",
  approval: (requestNo: string) => `/approvals/${encodeURIComponent(requestNo)}`,
  audit: "/audit",
} as const;
