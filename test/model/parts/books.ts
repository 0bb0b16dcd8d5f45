import type { GatewayOrderState } from "#lib/domain/gateway-facts.ts";
import {
  isLive,
  isOpenOutcome,
  type MoneyOpKind,
  type MoneyOpState,
  moneyOpMoves,
} from "#lib/domain/money-op.ts";
import type { RequestStatus } from "#lib/domain/refund.ts";

/** Rows of the books as far as money decides on them; instants in ms of the database's clock, amounts in minor units. */
export type OrderRow = {
  readonly gatewayState: GatewayOrderState;
  readonly paidMinor: number;
  readonly asOfAt: number | null;
  readonly madeAt: number;
  readonly cancelledAt: number | null;
};
export type RequestRow = {
  readonly id: string;
  readonly amountMinor: number;
  readonly status: RequestStatus;
};
export type OpRow = {
  readonly id: string;
  readonly kind: MoneyOpKind;
  readonly amountMinor: number;
  readonly merchantNo: string;
  readonly state: MoneyOpState;
  readonly fence: number;
  readonly leaseOwner: string | null;
  readonly leaseUntil: number | null;
  readonly evidenceId: number | null;
  readonly why: string | null;
  readonly createdAt: number;
  readonly lastSentAt: number | null;
  readonly quietUntil: number | null;
  readonly resendAt: number | null;
  readonly nextAskAt: number | null;
  readonly askCount: number;
  /** When an approved operation was last looked at in vain. */
  readonly lastAskedAt: number | null;
  readonly negativeReadings: number;
  readonly settledAt: number | null;
  readonly confirmedAt: number | null;
};
export type AuditRow = { readonly opId: string; readonly to: MoneyOpState };
export type AttemptRow = { readonly opId: string; readonly digest: string };
/** `key`: the same answer written down twice is one row. */
export type EvidenceRow = {
  readonly opId: string;
  readonly source: string;
  readonly outcome: string;
  readonly key?: string;
};

/** Guards of the migrations; a planted bug takes away the one that would stop it. */
export type BookRules = {
  /** One live operation an order; "kind": refund and cancel do not exclude each other. */
  readonly oneLive: "order" | "kind";
  readonly countsSum: boolean;
  readonly waitsQuiet: boolean;
};

/** A write that the database would have refused, by the name of the constraint. */
export class Refused extends Error {
  readonly constraint: string;
  constructor(constraint: string) {
    super(constraint);
    this.constraint = constraint;
  }
}

const refuseIf = (isWrong: boolean, constraint: string) => {
  if (isWrong) throw new Refused(constraint);
};

type Tables = {
  order: OrderRow;
  ops: OpRow[];
  requests: RequestRow[];
  attempts: AttemptRow[];
  evidence: EvidenceRow[];
  audit: AuditRow[];
};

/** A move that really happened, noted by the books themselves. */
export type Moved = { readonly op: OpRow; readonly from: MoneyOpState | null };

/** One order's books in memory, refusing what lib/db/migrations refuse. */
export class Books {
  readonly #rules: BookRules;
  readonly #clock: () => number;
  #tables: Tables;
  #moved: Moved[] = [];

  constructor(order: OrderRow, rules: BookRules, clock: () => number) {
    this.#rules = rules;
    this.#clock = clock;
    this.#tables = { order, ops: [], requests: [], attempts: [], evidence: [], audit: [] };
  }

  order = (): OrderRow => this.#tables.order;
  ops = (): readonly OpRow[] => this.#tables.ops;
  requests = (): readonly RequestRow[] => this.#tables.requests;
  attempts = (): readonly AttemptRow[] => this.#tables.attempts;
  evidence = (): readonly EvidenceRow[] => this.#tables.evidence;
  audit = (): readonly AuditRow[] => this.#tables.audit;

  op(id: string): OpRow {
    const found = this.#tables.ops.find((op) => op.id === id);
    if (!found) throw new Error(`no operation ${id}`);
    return found;
  }

  /** All of it or nothing; answers which operations moved. */
  transaction<T>(work: () => T): { readonly value: T; readonly moved: readonly Moved[] } {
    const before = this.#tables;
    const { ops, requests, attempts, audit } = before;
    const evidenceCount = before.evidence.length;
    this.#tables = {
      ...before,
      ops: [...ops],
      requests: [...requests],
      attempts: [...attempts],
      audit: [...audit],
    };
    this.#moved = [];
    try {
      return { value: work(), moved: this.#moved };
    } catch (error) {
      before.evidence.length = evidenceCount;
      this.#tables = before;
      throw error;
    }
  }

  setOrder(patch: Partial<OrderRow>): void {
    this.#tables.order = { ...this.#tables.order, ...patch };
  }

  insertRequest(row: RequestRow): void {
    const { requests, order } = this.#tables;
    const reserved = this.#rules.countsSum ? this.#usedMinor() + this.#waitingMinor() : 0;
    refuseIf(row.amountMinor <= 0, "refund_request_amount");
    refuseIf(reserved + row.amountMinor > order.paidMinor, "refund_request_sum");
    const isKnown = requests.some((one) => one.id === row.id);
    refuseIf(isKnown, "refund_request_client_request_id_unique");
    requests.push(row);
  }

  decideRequest(id: string, status: RequestStatus): void {
    const at = this.#tables.requests.findIndex((one) => one.id === id);
    const old = this.#tables.requests[at];
    refuseIf(old?.status !== "REQUESTED", "refund_request_final");
    if (old) this.#tables.requests[at] = { ...old, status };
  }

  insertOp(op: OpRow): void {
    refuseIf(op.state !== "READY" || op.fence !== 0, "money_op_start");
    const isOver = op.kind === "REFUND" && this.#usedMinor() + op.amountMinor > this.#tables.order.paidMinor;
    refuseIf(this.#rules.countsSum && isOver, "money_op_sum");
    this.#checkRow(op);
    this.#tables.ops.push(op);
    this.#moved.push({ op, from: null });
  }

  updateOp(id: string, patch: Partial<OpRow>): OpRow {
    const old = this.op(id);
    const op = { ...old, ...patch };
    this.#checkMove(old, op);
    this.#checkRow(op);
    this.#tables.ops[this.#tables.ops.indexOf(old)] = op;
    if (op.state !== old.state) this.#moved.push({ op, from: old.state });
    return op;
  }

  addAttempt(row: AttemptRow): void {
    this.#tables.attempts.push(row);
  }

  /** Answers the row's number; a known key is not written twice. */
  addEvidence(row: EvidenceRow): number {
    const { evidence } = this.#tables;
    const known = row.key === undefined ? -1 : evidence.findIndex(({ key }) => key === row.key);
    return known >= 0 ? known + 1 : evidence.push(row);
  }

  addAudit(opId: string, to: MoneyOpState): void {
    this.#tables.audit.push({ opId, to });
  }

  #usedMinor(): number {
    const used = this.#tables.ops.filter((op) => op.kind === "REFUND" && op.state !== "FAILED");
    return used.reduce((sum, op) => sum + op.amountMinor, 0);
  }

  #waitingMinor(): number {
    const waiting = this.#tables.requests.filter((one) => one.status === "REQUESTED");
    return waiting.reduce((sum, one) => sum + one.amountMinor, 0);
  }

  #checkRow(op: OpRow): void {
    const isFinal = op.state === "SUCCEEDED" || op.state === "FAILED";
    refuseIf((op.state === "SENDING") !== (op.leaseOwner !== null), "money_op_lease");
    refuseIf(isFinal && op.evidenceId === null, "money_op_evidence");
    refuseIf(op.kind === "REFUND" ? op.amountMinor <= 0 : op.amountMinor !== 0, "money_op_amount");
    const others = this.#tables.ops.filter((one) => one.id !== op.id);
    const isRival = ({ kind }: OpRow) => this.#rules.oneLive === "order" || kind === op.kind;
    const hasRival = others.some((one) => isLive(one.state) && isRival(one));
    refuseIf(isLive(op.state) && hasRival, "money_op_one_live");
    refuseIf(
      others.some((one) => one.merchantNo === op.merchantNo),
      "money_op_merchant_no",
    );
  }

  #checkMove(old: OpRow, op: OpRow): void {
    const isSame =
      old.kind === op.kind && old.amountMinor === op.amountMinor && old.merchantNo === op.merchantNo;
    refuseIf(!isSame || old.createdAt !== op.createdAt, "money_op_immutable");
    refuseIf(op.state !== old.state && !moneyOpMoves[old.state].includes(op.state), "money_op_move");
    refuseIf(op.fence !== old.fence + 1, "money_op_fence");
    const isEarly = old.quietUntil !== null && this.#clock() < old.quietUntil;
    const isFailing = op.kind === "REFUND" && op.state === "FAILED" && isOpenOutcome(old.state);
    refuseIf(this.#rules.waitsQuiet && isFailing && isEarly, "money_op_quiet");
  }
}
