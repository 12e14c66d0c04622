import type { PhaseByWord, PhaseText } from "../../ipc/generated/types";

/** The period after one; nothing for what is no number. */
const after = (period: string | undefined) => (period !== undefined && /^\d{1,4}$/.test(period) ? String(parseInt(period, 10) + 1) : "");

/** A phase that begins where the last one ends. */
export function nextPhase(phases: readonly PhaseText[]): PhaseText {
  const before = phases.at(-1);
  const by = before?.by ?? "periods";
  const first = by === "days" ? "" : before ? after(before.last) : "1";
  return { name: "", by, first, last: first, changes: [] };
}

/** One phase changed. Where periods follow each other, the next one begins after it. */
export function changePhase(phases: readonly PhaseText[], at: number, part: Partial<PhaseText>): PhaseText[] {
  return phases.map((phase, index) => {
    if (index === at) return { ...phase, ...part };
    const follows = index === at + 1 && phase.by === "periods" && part.last !== undefined && after(part.last) !== "" && phase.first === after(phases[at]?.last);
    return follows ? { ...phase, first: after(part.last) } : phase;
  });
}

/** All phases are counted in the same way; their ends mean nothing any more. */
export function countBy(phases: readonly PhaseText[], by: PhaseByWord): PhaseText[] {
  return phases.map((phase, index) => {
    const end = by === "periods" ? String(index + 1) : "";
    return { ...phase, by, first: end, last: end };
  });
}
