/** The mark: a counter under its awning, and a tick. Drawn so that it still reads at 16 px. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M7 13h18l-1.6-5H8.6z" className="fill-accent-ink opacity-60" />
      <g
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-accent-ink"
      >
        <path d="M7 13v10a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V13" />
        <path d="m11.5 18.5 3.2 3.2 5.8-6" />
      </g>
    </svg>
  );
}
