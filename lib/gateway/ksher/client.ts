import "server-only";
import type { Gateway } from "../gateway.ts";
import { ksherCapabilities } from "./capabilities.ts";
import type { KsherAccount } from "./config.ts";
import { verifyNotice } from "./notice.ts";
import { cancelOrder } from "./services/cancel-order.ts";
import { queryOrder } from "./services/query-order.ts";
import { listRefunds, queryRefund } from "./services/query-refund.ts";
import { refund } from "./services/refund.ts";

/** An account's line to Ksher. The keys stay in this closure. `now` dates requests and evidence. */
export function openKsher(account: KsherAccount, now: () => Date): Gateway {
  const line = { account, now };
  return {
    id: "ksher",
    capabilities: ksherCapabilities(account.canRefundPart),
    queryOrder: (orderNo, options) => queryOrder(line, orderNo, options),
    cancelOrder: (orderNo, options) => cancelOrder(line, orderNo, options),
    refund: (order, options) => refund(line, order, options),
    queryRefund: (ask, options) => queryRefund(line, ask, options),
    listRefunds: (ask, options) => listRefunds(line, ask, options),
    listOrders: null,
    listTransactions: null,
    verifyNotice: (rawBody) => verifyNotice(rawBody, account),
  };
}
