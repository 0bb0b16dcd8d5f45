import { createHash } from "node:crypto";
import { walletChoices } from "./protocol/methods.ts";
import { callFaultKinds, noticeFaultKinds } from "./state/faults.ts";
import { isOpen, type Order, type OrderState, orderState } from "./state/order.ts";
import type { World } from "./state/world.ts";

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1b1f24}main{max-width:60rem;margin:2rem auto;padding:0 1rem}
.card{background:#fff;border-radius:12px;padding:1.5rem;margin-bottom:1rem;box-shadow:0 1px 3px #0002;overflow-x:auto}h1{font-size:1.25rem}
button,select,input{font:inherit;padding:.6rem 1rem;border-radius:8px;border:1px solid #8a94a0;background:#fff;margin:.2rem 0}button.go{background:#0b5cad;color:#fff;border-color:#0b5cad}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.4rem;border-top:1px solid #e3e6ea;vertical-align:top}.amount{font-size:2rem;font-variant-numeric:tabular-nums}form{display:inline}`;

/** No script, no foreign asset, forms to this address only; the one style is named by its hash. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

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

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style><main>${body}</main></html>`;
}

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

const faultForm = `<form method="post" action="/faults"><label>Next answer <select name="kind">
<option value="lost-after-effect">accepted, answer lost</option><option value="lost-before-effect">never arrives</option>
${[...callFaultKinds, ...noticeFaultKinds]
  .filter((kind) => !kind.startsWith("lost-") && kind !== "code")
  .map((kind) => `<option>${kind}</option>`)
  .join("")}</select></label>
<label>of <select name="service"><option>Refund</option><option>CancelOrder</option><option>SingleOrderQuery</option><option value="">any service</option></select></label>
<label>order <input name="storeOrderNo" placeholder="any" size="20"></label> <button>Let it happen once</button></form>`;

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
${faultForm}</div>
<div class="card"><table><tr><th>Order</th><th>Amount</th><th>State</th><th>Ledger</th><th>Do</th></tr>${rows.join("")}</table></div>`,
  );
}
