import "server-only";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What is measured in this process. Labels hold accounts' slugs and words of ours, never an order number or a secret. */
function make() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    gatewayCalls: new Counter({
      ...{ name: "storedesk_gateway_calls_total", registers },
      help: "Calls to a gateway by what became of them: done, declined, not-sent, unknown, broken.",
      labelNames: ["account", "kind", "outcome"],
    }),
    gatewaySeconds: new Histogram({
      ...{ name: "storedesk_gateway_call_seconds", registers },
      help: "How long a call to a gateway took, from the slot to the answer or the deadline.",
      labelNames: ["kind", "outcome"],
      buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
    }),
    clerkTurnAt: new Gauge({
      ...{ name: "storedesk_clerk_turn_timestamp_seconds", registers },
      help: "When this process's clerk last finished a turn.",
    }),
    pool: new Gauge({
      ...{ name: "storedesk_pool_connections", registers },
      help: "Database connections of this process: all, idle, and callers that wait for one.",
      labelNames: ["state"],
    }),
    ready: new Gauge({
      ...{ name: "storedesk_ready", registers },
      help: "1: this process takes requests; 0: it stops, or the books are away or of another version.",
    }),
    booksRead: new Gauge({
      ...{ name: "storedesk_books_read", registers },
      help: "1: the figures of the books below are of now; 0: the books could not be read.",
    }),
    ...booksGauges(registry),
  };
}

/** What the books say, the same from every process: a dashboard takes the largest. */
function booksGauges(registry: Registry) {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge<L>({ name, help, labelNames: [...labelNames], registers: [registry] });
  return {
    laneWaiting: gauge(
      "storedesk_lane_waiting",
      "Questions and sends that are due and wait for the account's lane.",
      ["account"],
    ),
    laneGap: gauge("storedesk_lane_gap_seconds", "Distance kept between an answer and the next question.", [
      "account",
    ]),
    laneResting: gauge("storedesk_lane_resting", "1: the breaker lets nothing out for this account.", [
      "account",
    ]),
    laneAnswerAge: gauge(
      "storedesk_lane_answer_age_seconds",
      "Since the gateway last answered this account.",
      ["account"],
    ),
    unknowns: gauge(
      "storedesk_unknown_operations",
      "Refunds and cancels whose outcome nobody knows, by age.",
      ["age"],
    ),
    unsent: gauge("storedesk_approved_not_sent", "Approved refunds and cancels that have not left."),
    unsentAge: gauge(
      "storedesk_approved_not_sent_age_seconds",
      "Age of the oldest of them; 0: there is none.",
    ),
    approvals: gauge("storedesk_approvals_waiting", "Refund requests that wait for a manager."),
    approvalAge: gauge(
      "storedesk_approvals_waiting_age_seconds",
      "Age of the oldest of them; 0: there is none.",
    ),
    incidents: gauge("storedesk_incidents_open", "Open cases of the Attention page by kind.", ["kind"]),
    sendingOff: gauge("storedesk_sending_off", "1: sending is off for every account since a restore."),
    accountsPaused: gauge("storedesk_accounts_paused", "Accounts whose sending is paused."),
  };
}

const key = Symbol.for("storedesk.metrics");
type Holder = { [key]?: ReturnType<typeof make> };

/** The process's metrics, one set however often Next loads this module. */
export function metrics(): ReturnType<typeof make> {
  const holder = globalThis as Holder;
  holder[key] ??= make();
  return holder[key];
}
