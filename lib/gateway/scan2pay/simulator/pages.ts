import { walletChoices } from "./protocol/methods.ts";
import { type Order, orderState } from "./state/order.ts";
import type { World } from "./state/world.ts";

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1b1f24}main{max-width:60rem;margin:2rem auto;padding:0 1rem}
.card{background:#fff;border-radius:12px;padding:1.5rem;margin-bottom:1rem;box-shadow:0 1px 3px #0002}h1{font-size:1.25rem}
button,select{font:inherit;padding:.6rem 1rem;border-radius:8px;border:1px solid #8a94a0;background:#fff}button.go{background:#0b5cad;color:#fff;border-color:#0b5cad}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.4rem;border-top:1px solid #e3e6ea;vertical-align:top}.amount{font-size:2rem;font-variant-numeric:tabular-nums}form{display:inline}`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style><main>${body}</main></html>`;
}

/** The page behind an order's payment URL: whoever opens it plays the customer. */
export function payerPage(world: World, order: Order): string {
  const choices = walletChoices.map(
    ({ code, name, chinese }) => `<option value="${code}">${escaped(name)} ${escaped(chinese)}</option>`,
  );
  const state = orderState(order, world.clock.now());
  return page(
    `Pay ${order.storeOrderNo}`,
    `<div class="card"><p>Simulated payment 模擬付款</p><h1>${escaped(order.storeOrderNo)}</h1><p>${escaped(order.body)}</p>
<p class="amount">NT$${order.totalFee}</p><p>State 狀態: <strong>${state}</strong></p>
<form method="post" action="/pay/${order.token}/pay"><label>Wallet 錢包 <select name="method">${choices.join("")}</select></label> <button class="go">Pay</button></form>
<form method="post" action="/pay/${order.token}/refuse"><button>Refuse</button></form></div>`,
  );
}

/** The simulator's own page: every order with its ledger, and the next answer's fault. */
export function overviewPage(world: World): string {
  const rows = world.orders.toReversed().map((order) => {
    const ledger = order.effects
      .map(({ kind, amount, origin }) => `${kind} ${amount} (${origin})`)
      .join("<br>");
    const button = (action: string, word: string) =>
      `<form method="post" action="/orders/${encodeURIComponent(order.storeOrderNo)}/${action}?mchId=${order.mchId}"><button>${word}</button></form>`;
    return `<tr><td><a href="/pay/${order.token}">${escaped(order.storeOrderNo)}</a><br>${order.mchId}</td><td>NT$${order.totalFee}</td><td>${orderState(order, world.clock.now())}</td><td>${ledger}</td>
<td>${button("pay", "Pay")} ${button("refuse", "Refuse")} ${button("expire", "Expire")} ${button("refund", "Refund in portal")}</td></tr>`;
  });
  const next = world.faults.map(({ kind, times }) => `${kind} × ${times}`).join(", ") || "none";
  return page(
    "Scan2Pay simulator",
    `<div class="card"><h1>Scan2Pay simulator</h1><p>Faults for the next calls: ${escaped(next)}</p>
<form method="post" action="/faults/lost-after-effect"><button>Next refund: accepted, answer lost</button></form>
<form method="post" action="/faults/lost-before-effect"><button>Next refund: never arrives</button></form></div>
<div class="card"><table><tr><th>Order</th><th>Amount</th><th>State</th><th>Ledger</th><th>Do</th></tr>${rows.join("")}</table></div>`,
  );
}
