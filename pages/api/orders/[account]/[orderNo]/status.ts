import { polled } from "#app/_server/polled.ts";
import { orderAt } from "#lib/domain/forms.ts";
import { readInput } from "#lib/domain/read-input.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchOrderStatus } from "#lib/use-cases/order-status.ts";

export const config = { api: { bodyParser: false } };

/** How an order stands, for its open page. */
export default polled(async (staff, asked) => {
  const at = readInput(orderAt, asked);
  return at.ok ? watchOrderStatus(appContext(), staff, { ...at.value, isOpening: false }) : null;
});
