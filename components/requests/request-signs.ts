import {
  ArrowRight,
  CircleQuestionMark,
  CircleX,
  Clock,
  ClockAlert,
  CornerUpLeft,
  Hourglass,
  type LucideIcon,
  PencilLine,
  Send,
  Undo2,
  UserRoundCog,
} from "lucide-react";
import type { Meaning } from "#components/ui/styles.ts";
import type { RequestState } from "#lib/domain/request-state.ts";

/** Sign and meaning of each state of a request: told apart by shape as well as by colour. */
export const requestSigns: Record<RequestState, { Sign: LucideIcon; meaning: Meaning }> = {
  waiting: { Sign: Clock, meaning: "wait" },
  returned: { Sign: PencilLine, meaning: "wait" },
  resent: { Sign: Send, meaning: "moving" },
  rejected: { Sign: CircleX, meaning: "stop" },
  withdrawn: { Sign: CornerUpLeft, meaning: "stop" },
  expired: { Sign: ClockAlert, meaning: "stop" },
  superseded: { Sign: CornerUpLeft, meaning: "stop" },
  ready: { Sign: ArrowRight, meaning: "moving" },
  sending: { Sign: ArrowRight, meaning: "moving" },
  accepted: { Sign: Hourglass, meaning: "moving" },
  unknown: { Sign: CircleQuestionMark, meaning: "unknown" },
  needsPerson: { Sign: UserRoundCog, meaning: "unknown" },
  refunded: { Sign: Undo2, meaning: "good" },
  notRefunded: { Sign: CircleX, meaning: "stop" },
};
