import {
  ArrowRight,
  CircleCheck,
  CircleX,
  Clock,
  Hand,
  Hourglass,
  OctagonX,
  TriangleAlert,
  Undo2,
} from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import type { Meaning } from "#components/ui/styles.ts";
import type { Verdict } from "#lib/domain/verdict.ts";

type SignProps = { className?: string; "aria-hidden"?: boolean };

function Drawn({ className, children }: SignProps & { children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      {children}
    </svg>
  );
}

/** A question in a triangle: not knowing looks like neither yes nor no. */
function NotKnown({ className }: SignProps) {
  return (
    <Drawn className={className}>
      <path d="M12 3 22.5 21h-21Z" />
      <path d="M10 11.6a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4" />
      <path d="M12 18v.01" />
    </Drawn>
  );
}

/** A cross in a return arrow: the way back that was refused. */
function NotReturned({ className }: SignProps) {
  return (
    <Drawn className={className}>
      <path d="M8 4 4 8l4 4" />
      <path d="M4 8h10a6 6 0 0 1 0 12H7" />
      <path d="m10.5 12 4 4m0-4-4 4" />
    </Drawn>
  );
}

/** Sign and meaning of each verdict (screens.md 4.2): told apart by shape as well as by colour. */
export const verdictSigns: Record<Verdict, { Sign: ComponentType<SignProps>; meaning: Meaning }> = {
  waiting: { Sign: Clock, meaning: "wait" },
  paid: { Sign: CircleCheck, meaning: "good" },
  notPaid: { Sign: CircleX, meaning: "stop" },
  cancelled: { Sign: OctagonX, meaning: "stop" },
  unknown: { Sign: NotKnown, meaning: "unknown" },
  refundAsked: { Sign: Hand, meaning: "moving" },
  refundSending: { Sign: ArrowRight, meaning: "moving" },
  refundAccepted: { Sign: Hourglass, meaning: "moving" },
  refunded: { Sign: Undo2, meaning: "good" },
  partlyRefunded: { Sign: Undo2, meaning: "moving" },
  refundRefused: { Sign: NotReturned, meaning: "stop" },
  paidAfterCancel: { Sign: TriangleAlert, meaning: "stop" },
};
