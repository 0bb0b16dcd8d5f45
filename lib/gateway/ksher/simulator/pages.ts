import { escaped, faultForm, page } from "#lib/gateway/simulator/http/page.ts";
import { channelOf } from "./protocol/channels.ts";
import { faultRules } from "./state/faults.ts";
import { canBePaid } from "./state/money.ts";
import { isOpen, type Order, type OrderState, orderState } from "./state/order.ts";
import type { World } from "./state/world.ts";

const stateWords: Readonly<Record<OrderState, string>> = {
  open: "waiting for payment รอชำระเงิน",
  paying: "the buyer is paying กำลังชำระเงิน",
  paid: "paid ชำระเงินแล้ว",
  failed: "attempt failed ชำระเงินไม่สำเร็จ",
  expired: "expired หมดเวลา",
  cancelled: "cancelled ยกเลิกแล้ว",
  "refund-running": "refund running กำลังคืนเงิน",
  "partly-refunded": "partly refunded คืนเงินบางส่วน",
  refunded: "refunded คืนเงินแล้ว",
};

/** 1,234.50 of 123450 satang. */
function baht(satang: number): string {
  const [whole = "", part] = [String(Math.floor(satang / 100)), String(satang % 100).padStart(2, "0")];
  return `฿${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${part}`;
}

function button(order: Order, action: string, word: string): string {
  return `<form method="post" action="/pay/${order.token}/${action}"><button>${word}</button></form>`;
}

function choice(order: Order, word: string, codes: readonly string[]): string {
  const options = codes.map(
    (code) => `<option value="${code}">${escaped(channelOf(code)?.name ?? code)}</option>`,
  );
  return `<form method="post" action="/pay/${order.token}/pay"><label>Channel ช่องทาง <select name="channel">${options.join("")}</select></label> <button class="go">${word}</button></form>`;
}

function payerButtons(world: World, order: Order): string {
  const now = world.clock.now();
  const codes = order.channelList.split(",");
  if (order.phase === "paying") {
    const finish = channelOf(order.channel)?.isCard ? "Enter the OTP ยืนยัน OTP" : "Confirm ยืนยัน";
    return `${button(order, "finish", finish)} ${button(order, "drop", "Give up เลิกทำ")}`;
  }
  if (isOpen(order, now)) {
    const otp = codes.some((code) => channelOf(code)?.isCard)
      ? button(order, "otp", "Start card OTP เริ่มจ่ายด้วยบัตร")
      : "";
    return `${choice(order, "Pay ชำระเงิน", codes)} ${otp} ${button(order, "refuse", "Refuse ปฏิเสธ")}`;
  }
  const saved = codes.filter((code) => canBePaid(order, code, now));
  return saved.length > 0 ? choice(order, "Pay with the saved QR จ่ายด้วย QR ที่บันทึกไว้", saved) : "";
}

/** The page behind an order's payment URL: whoever opens it plays the buyer. */
export function payerPage(world: World, order: Order): string {
  const isPaid = order.phase === "paid" && URL.canParse(order.redirectUrl);
  const back = isPaid ? new URL(order.redirectUrl) : null;
  back?.searchParams.set("mch_order_no", order.storeOrderNo);
  const link = back?.protocol.startsWith("http")
    ? `<p><a href="${escaped(back.href)}">Back to the shop กลับไปที่ร้าน</a></p>`
    : "";
  return page(
    `Pay ${order.storeOrderNo}`,
    `<div class="card"><p>Simulated payment, no real money จำลองการชำระเงิน</p><h1>${escaped(order.storeOrderNo)}</h1><p>${escaped(order.body)}</p>
<p class="amount">${baht(order.totalFee)}</p><p>State สถานะ: <strong>${stateWords[orderState(order, world.clock.now())]}</strong></p>
${payerButtons(world, order)}${link}</div>`,
  );
}

const steering = [
  ["pay", "Pay"],
  ["otp", "Card OTP"],
  ["refuse", "Refuse"],
  ["expire", "Expire"],
  ["refund", "Refund in the Ksher app"],
] as const;

/** The simulator's own page: every order with its ledger, and the next answer's fault. */
export function overviewPage(world: World): string {
  const rows = world.orders.toReversed().map((order) => {
    const ledger = order.effects
      .map(({ kind, amount, origin }) => `${kind} ${baht(amount)} (${origin})`)
      .join("<br>");
    const where = (action: string) =>
      `/orders/${encodeURIComponent(order.storeOrderNo)}/${action}?mchId=${encodeURIComponent(order.mchId)}`;
    const buttons = steering.map(
      ([action, word]) => `<form method="post" action="${where(action)}"><button>${word}</button></form>`,
    );
    return `<tr><td><a href="/ua?order_uuid=${order.token}&amp;lang=en">${escaped(order.storeOrderNo)}</a><br>${escaped(order.mchId)}</td><td>${baht(order.totalFee)}</td><td>${orderState(order, world.clock.now())}</td><td>${ledger}</td>
<td>${buttons.join(" ")}</td></tr>`;
  });
  const next = world.faults.map(({ kind, times }) => `${kind} × ${times}`).join(", ") || "none";
  const locked = [...world.locks]
    .filter(([, until]) => until > world.clock.now())
    .map(([address]) => address);
  return page(
    "Ksher simulator",
    `<div class="card"><h1>Ksher simulator</h1><p>Waiting faults: ${escaped(next)}. Waiting notices: ${world.notices.length}. Locked addresses: ${escaped(locked.join(", ") || "none")}.</p>
${faultForm(faultRules.kinds, ["order_refund", "cancel_order", "gateway_order_query"])}</div>
<div class="card"><table><tr><th>Order</th><th>Amount</th><th>State</th><th>Ledger</th><th>Do</th></tr>${rows.join("")}</table></div>`,
  );
}
