import { act, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useTypedDate } from "./use-typed-date";

it("saves a date once, when its field is left, and not the years on the way", () => {
  const save = vi.fn();
  const field = renderHook(({ saved }) => useTypedDate(saved, save), { initialProps: { saved: null as string | null } });
  for (const day of ["0002-10-01", "0020-10-01", "0202-10-01", "2026-10-01"]) act(() => field.result.current.onChange(day));
  expect(field.result.current.value).toBe("2026-10-01");
  expect(save).not.toHaveBeenCalled();
  act(() => field.result.current.onLeave());
  expect(save.mock.calls).toEqual([["2026-10-01"]]);
  field.rerender({ saved: "2026-10-01" });
  act(() => field.result.current.onLeave());
  expect(save).toHaveBeenCalledTimes(1);
});

it("saves a day that is picked and left in one event", () => {
  const save = vi.fn();
  const field = renderHook(() => useTypedDate("2026-12-01", save));
  act(() => {
    field.result.current.onChange("2026-12-08");
    field.result.current.onLeave();
  });
  expect(save.mock.calls).toEqual([["2026-12-08"]]);
});

it("follows what is saved elsewhere", () => {
  const field = renderHook(({ saved }) => useTypedDate(saved, vi.fn()), { initialProps: { saved: "2026-12-01" } });
  act(() => field.result.current.onChange("2026-12-08"));
  field.rerender({ saved: "2026-11-01" });
  expect(field.result.current.value).toBe("2026-11-01");
});
