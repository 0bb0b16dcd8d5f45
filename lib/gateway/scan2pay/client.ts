import "server-only";
import type { Gateway } from "../gateway.ts";
import { scan2payCapabilities } from "./capabilities.ts";
import type { Scan2PayAccount } from "./config.ts";
import { verifyNotice } from "./notice.ts";
import { cancelOrder } from "./services/cancel-order.ts";
import { listOrders, listTransactions } from "./services/lists.ts";
import { queryOrder } from "./services/query-order.ts";
import { refund } from "./services/refund.ts";

/** An account's line to Scan2Pay. The keys stay in this closure. `now` dates requests and evidence. */
export function openScan2Pay(account: Scan2PayAccount, now: () => Date): Gateway {
  const line = { account, now };
  return {
    id: "scan2pay",
    capabilities: scan2payCapabilities(account.canRefundPart),
    queryOrder: (orderNo, options) => queryOrder(line, orderNo, options),
    cancelOrder: (orderNo, options) => cancelOrder(line, orderNo, options),
    refund: (order, options) => refund(line, order, options),
    queryRefund: null,
    listRefunds: null,
    listOrders: (list, options) => listOrders(line, list, options),
    listTransactions: (range, options) => listTransactions(line, range, options),
    verifyNotice: (rawBody) => verifyNotice(rawBody, account),
  };
}
