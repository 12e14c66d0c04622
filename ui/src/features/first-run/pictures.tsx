/** Pictures stand only where there is no data yet; they show no figures. */
const HEAT = [
  [4, 4, 1, 2, 2],
  [3, 2, 1, 2, 0],
  [3, 3, 1, -1, 0],
  [2, 2, 1, 0, -2],
  [3, -2, 1, 2, 0],
];
const TONE: Record<number, string> = { [-2]: "--h-n2", [-1]: "--h-n1", 0: "--h-0", 1: "--h-1", 2: "--h-2", 3: "--h-3", 4: "--h-4" };

/** A price book seen from afar: models down, dimensions across, loss in vermilion. */
export function MarginPicture() {
  return (
    <svg viewBox="0 0 280 116" width="100%" height="116" aria-hidden>
      {HEAT.map((row, y) => (
        <g key={y}>
          <rect x="0" y={y * 24 + 7} width={[74, 90, 96, 84, 70][y]} height="6" rx="3" fill="var(--line-2)" />
          {row.map((tone, x) => (
            <rect key={x} x={110 + x * 34} y={y * 24} width="32" height="20" rx="3" fill={`var(${TONE[tone]})`} />
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Tiers going down over a rising total. */
export function TierPicture() {
  const steps = [
    [0, 16, 68],
    [68, 40, 60],
    [128, 62, 62],
    [190, 84, 50],
  ] as const;
  return (
    <svg viewBox="0 0 240 116" width="100%" height="116" aria-hidden>
      <g stroke="var(--line)">
        <path d="M0 16h240M0 62h240M0 104h240" />
      </g>
      <path
        d={steps.map(([x, y, length], at) => `${at === 0 ? "M" : "V"}${at === 0 ? `${x} ${y}` : y}H${x + length}`).join("")}
        fill="none"
        stroke="var(--text-3)"
        strokeDasharray="4 4"
        strokeWidth="1.5"
      />
      {steps.slice(1).map(([x, y]) => (
        <circle key={x} cx={x} cy={y - 11} r="5" fill="var(--surface)" stroke="var(--text-3)" strokeWidth="1.5" />
      ))}
      <path d="M0 108C80 106 160 102 240 96" fill="none" stroke="var(--line-2)" strokeWidth="2" />
    </svg>
  );
}
