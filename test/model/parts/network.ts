import { limits } from "#lib/domain/limits.ts";
import type { SendAnswer } from "#lib/domain/recovery/send-answer.ts";
import type { Dice } from "./dice.ts";
import type { FakeGateway, Seen, SendCall } from "./gateway.ts";
import type { Scheduler } from "./scheduler.ts";

/** What may happen to one send, in ten thousand (money.md 2.14). */
const sendFates = [
  ["lost", 1_500],
  ["answer-lost", 1_500],
  ["late", 1_500],
  ["ambiguous", 1_000],
  ["never-left", 300],
  ["garbled", 200],
  ["swapped", 200],
] as const;
const queryFates = [
  ["silent", 1_500],
  ["query-failed", 500],
  ["garbled", 100],
  ["swapped", 100],
] as const;
const roundTripMs = 200;

/** A request on its way: how long its sender waits, and what it then reads. */
export type Waited<T> = { readonly waitMs: number; read(): T };
/** `hasLeft`: bytes were written. */
export type SendOnItsWay = Waited<SendAnswer> & { readonly hasLeft: boolean };
export type QueryAnswer = {
  readonly how: "answered" | "trouble";
  readonly seen: Seen | null;
};

export type Network = ReturnType<typeof makeNetwork>;

/** The way to the gateway. Requests that left arrive whether their sender lives or not. */
export function makeNetwork(
  { scheduler, dice, gateway }: { scheduler: Scheduler; dice: Dice; gateway: FakeGateway },
  state: {
    readonly isHealed: () => boolean;
    readonly isQueryDown: () => boolean;
    readonly checksEcho: boolean;
  },
) {
  const timeout: Waited<SendAnswer> = {
    waitMs: limits.sendDeadlineMs,
    read: () => ({ outcome: "unknown", why: "timeout" }),
  };
  const says = (answer: SendAnswer): Waited<SendAnswer> => ({ waitMs: roundTripMs, read: () => answer });

  function deliver(call: SendCall, afterMs = roundTripMs / 2): () => SendAnswer {
    let answer: SendAnswer = { outcome: "unknown", why: "timeout" };
    scheduler.after(afterMs, () => {
      answer = gateway.send(call);
    });
    return () => answer;
  }

  function late(call: SendCall): Waited<SendAnswer> {
    const delayMs = dice.between(5_000, 120_000);
    const read = deliver(call, delayMs);
    return delayMs + roundTripMs < limits.sendDeadlineMs ? { waitMs: delayMs + roundTripMs, read } : timeout;
  }

  function send(call: SendCall): SendOnItsWay {
    const fate = state.isHealed() ? "fine" : dice.pick("fine", sendFates);
    if (fate === "never-left") return { ...says({ outcome: "not-sent", why: "refused" }), hasLeft: false };
    return { ...struck(call, fate), hasLeft: true };
  }

  function struck(call: SendCall, fate: (typeof sendFates)[number][0] | "fine"): Waited<SendAnswer> {
    switch (fate) {
      case "lost":
        return timeout;
      case "answer-lost":
        deliver(call);
        return timeout;
      case "late":
        return late(call);
      case "ambiguous":
        if (dice.hits(5_000)) deliver(call);
        return says({ outcome: "unknown", why: "gateway-trouble" });
      case "garbled":
        deliver(call);
        return says({ outcome: "broken", why: "not-opened" });
      case "swapped":
        if (dice.hits(5_000)) deliver(call);
        return says(state.checksEcho ? { outcome: "broken", why: "wrong-echo" } : { outcome: "done" });
      default:
        return { waitMs: roundTripMs, read: deliver(call) };
    }
  }

  function query(no: string | null): Waited<QueryAnswer> {
    const none = (how: QueryAnswer["how"], waitMs: number) => ({ waitMs, read: () => ({ how, seen: null }) });
    if (state.isQueryDown()) return none("trouble", limits.queryDeadlineMs);
    const fate = state.isHealed() ? "fine" : dice.pick("fine", queryFates);
    if (fate === "silent") return none("trouble", limits.queryDeadlineMs);
    if (fate === "query-failed") return none("answered", roundTripMs);
    if (fate !== "fine") return none("trouble", roundTripMs);
    const seen = gateway.query(no);
    return { waitMs: roundTripMs, read: () => ({ how: "answered", seen }) };
  }

  return { send, query };
}
