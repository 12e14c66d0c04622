/** The sign of Ratebook: a staircase of tiers on ink. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden style={{ flex: "none" }}>
      <rect width="26" height="26" rx="6.5" fill="var(--ink)" />
      <g fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M6 7.5h5v4h4.5v4H20v4" />
        <path d="M6 19.5h9" strokeOpacity="0.55" />
      </g>
    </svg>
  );
}
