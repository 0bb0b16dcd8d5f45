import { escaped, faultForm, page } from "#lib/gateway/simulator/http/page.ts";
import { walletChoices } from "./protocol/methods.ts";
import { callFaultKinds, noticeFaultKinds } from "./state/faults.ts";
import { isOpen, type Order, type OrderState, orderState } from "./state/order.ts";
import type { World } from "./state/world.ts";

const stateWords: Readonly<Record<OrderState, string>> = {
  open: "waiting for payment 等待付款",
  paid: "paid 已付款",
  failed: "failed 付款失敗",
  expired: "expired 已逾期",
  cancelled: "cancelled 已取消",
  "refund-running": "refund running 退款處理中",
  "refund-failed": "refund failed 退款失敗",
  "partly-refunded": "partly refunded 部分退款",
  refunded: "refunded 已退款",
};

/** Whether the payer page still takes money: open, or cancelled with a saved QR code that has not expired. */
function isPayable(order: Order, nowMs: number): boolean {
  const isSavedQr = order.cancelledAt !== null && order.payState === "failed" && nowMs < order.expiresAt;
  return isOpen(order, nowMs) || isSavedQr;
}

function payerButtons(world: World, order: Order): string {
  const now = world.clock.now();
  if (!isPayable(order, now)) return "";
  const choices = walletChoices.map(
    ({ code, name, chinese }) => `<option value="${code}">${escaped(name)} ${escaped(chinese)}</option>`,
  );
  const pay = `<form method="post" action="/pay/${order.token}/pay"><label>Wallet 錢包 <select name="method">${choices.join("")}</select></label> <button class="go">Pay 付款</button></form>`;
  const refuse = `<form method="post" action="/pay/${order.token}/refuse"><button>Refuse 拒絕</button></form>`;
  return isOpen(order, now) ? `${pay} ${refuse}` : pay;
}

/** The page behind an order's payment URL: whoever opens it plays the customer. */
export function payerPage(world: World, order: Order): string {
  return page(
    `Pay ${order.storeOrderNo}`,
    `<div class="card"><p>Simulated payment, no real money 模擬付款</p><h1>${escaped(order.storeOrderNo)}</h1><p>${escaped(order.body)}</p>
<p class="amount">NT$${order.totalFee}</p><p>State 狀態: <strong>${stateWords[orderState(order, world.clock.now())]}</strong></p>
${payerButtons(world, order)}</div>`,
  );
}

/** The simulator's own page: every order with its ledger, and the next answer's fault. */
export function overviewPage(world: World): string {
  const rows = world.orders.toReversed().map((order) => {
    const ledger = order.effects
      .map(({ kind, amount, origin }) => `${kind} ${amount} (${origin})`)
      .join("<br>");
    const button = (action: string, word: string) =>
      `<form method="post" action="/orders/${encodeURIComponent(order.storeOrderNo)}/${action}?mchId=${encodeURIComponent(order.mchId)}"><button>${word}</button></form>`;
    return `<tr><td><a href="/pay/${order.token}">${escaped(order.storeOrderNo)}</a><br>${escaped(order.mchId)}</td><td>NT$${order.totalFee}</td><td>${orderState(order, world.clock.now())}</td><td>${ledger}</td>
<td>${button("pay", "Pay")} ${button("refuse", "Refuse")} ${button("expire", "Expire")} ${button("refund", "Refund in portal")}</td></tr>`;
  });
  const next = world.faults.map(({ kind, times }) => `${kind} × ${times}`).join(", ") || "none";
  const locked = [...world.locks]
    .filter(([, until]) => until > world.clock.now())
    .map(([address]) => address);
  return page(
    "Scan2Pay simulator",
    `<div class="card"><h1>Scan2Pay simulator</h1><p>Waiting faults: ${escaped(next)}. Locked addresses: ${escaped(locked.join(", ") || "none")}.</p>
${faultForm([...callFaultKinds, ...noticeFaultKinds], ["Refund", "CancelOrder", "SingleOrderQuery"])}</div>
<div class="card"><table><tr><th>Order</th><th>Amount</th><th>State</th><th>Ledger</th><th>Do</th></tr>${rows.join("")}</table></div>`,
  );
}
