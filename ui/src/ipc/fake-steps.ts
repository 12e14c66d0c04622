import type { StepName } from "./generated/types";

/** A named step that undo takes back, with what stood in the memory before it. */
export interface FakeStep extends StepName {
  back: [key: string, value: unknown][];
}

type Memory = Map<string, unknown>;

export const stepsOf = (memory: Memory): FakeStep[] => (memory.get("steps") as FakeStep[] | undefined) ?? [];

/** Remembers what stands at some keys before a step changes it. */
export function remember(memory: Memory, code: string, subject: string, keys: readonly string[]): void {
  const back = keys.map((key): FakeStep["back"][number] => [key, memory.get(key)]);
  memory.set("steps", [...stepsOf(memory), { code, subject, back }]);
}

/** Takes the last step back; false when there is none. */
export function takeBack(memory: Memory): boolean {
  const steps = stepsOf(memory);
  const last = steps.at(-1);
  if (!last) return false;
  memory.set("steps", steps.slice(0, -1));
  for (const [key, value] of last.back) memory.set(key, value);
  return true;
}
