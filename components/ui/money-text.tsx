import { formatMoney, type Money } from "#lib/domain/money.ts";

/** An amount that lines up under another one and never breaks over two lines. */
export function MoneyText(money: Money) {
  return <span className="whitespace-nowrap text-right tabular-nums">{formatMoney(money)}</span>;
}
