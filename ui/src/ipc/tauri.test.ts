import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, expect, it, vi } from "vitest";
import { tauriHost } from "./tauri";

afterEach(clearMocks);

it("sends the request under its name and hands errors on as they are", async () => {
  const seen: unknown[] = [];
  mockIPC((command, payload) => {
    seen.push([command, payload]);
    if (command === "plan_list") throw { code: "busy", issues: [], params: {}, incident: null };
    return { hits: [] };
  });
  await expect(tauriHost.call("search", { text: "kimi", limit: 3 })).resolves.toEqual({ hits: [] });
  expect(seen).toEqual([["search", { request: { text: "kimi", limit: 3 } }]]);
  await expect(tauriHost.call("plan_list", {})).rejects.toMatchObject({ name: "ApiError", code: "busy" });
});

it("gives a job an id, and cancels that one", async () => {
  const seen: [string, { request: { jobId: string } }][] = [];
  let end = (_reason: unknown) => {};
  mockIPC((command, payload) => {
    seen.push([command, payload as never]);
    if (command === "job_cancel") return end({ code: "cancelled", issues: [], params: {}, incident: null });
    return new Promise((_done, refuse) => (end = refuse));
  });
  const stop = new AbortController();
  const job = tauriHost.job("invoice_verify", { id: null }, () => undefined, stop.signal);
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  stop.abort();
  await expect(job).rejects.toMatchObject({ name: "Cancelled" });
  const [started, cancelled] = seen;
  expect(started?.[1].request).toMatchObject({ id: null, jobId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(cancelled).toEqual(["job_cancel", { request: { jobId: started?.[1].request.jobId } }]);
});
