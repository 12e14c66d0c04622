import { QueryClient } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { draw, fakeHost } from "../test/render";
import { ApiError, asApiError, Cancelled } from "./errors";
import { invalidates, provides } from "./generated/commands";
import { installHost } from "./host";
import { invalidateFor, runJob, useCommand, useMutation } from "./query";
import { createFakeHost } from "./fake";

describe("errors", () => {
  it("keeps code and issues of a refused command", () => {
    const issues = [{ path: "customer.name", code: "required", params: {} }];
    const error = asApiError({ code: "invalid", issues, params: {}, incident: null });
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).issues).toEqual(issues);
  });

  it("turns anything else into internal, and a cancel into Cancelled", () => {
    expect((asApiError("window is gone") as ApiError).code).toBe("internal");
    expect(asApiError({ code: "cancelled", issues: [], params: {}, incident: null })).toBeInstanceOf(Cancelled);
  });
});

function Customers() {
  const list = useCommand("customer_list", {} as never);
  const save = useMutation("customer_save");
  return (
    <button type="button" onClick={() => save.mutate({} as never)}>
      {list.data ? "there" : "coming"}
    </button>
  );
}

/** A button that goes away with the draft that it publishes. */
function Drafts({ onTold }: { onTold: (id: string) => void }) {
  const list = useCommand("customer_list", {} as never);
  return list.data?.rows.length === 0 ? <p>no draft</p> : <Publish onTold={onTold} />;
}

function Publish({ onTold }: { onTold: (id: string) => void }) {
  const save = useMutation("customer_save");
  return (
    <button type="button" onClick={() => save.mutate({} as never, { onSuccess: ({ id }) => onTold(id) })}>
      publish
    </button>
  );
}

describe("commands", () => {
  it("reads again what a change made stale, and only that", async () => {
    const host = fakeHost({
      handlers: { customer_list: () => ({ rows: [] }), customer_save: () => ({ id: "cus_1" }), choices: () => ({}) },
    });
    const { client } = await draw(<Customers />);
    client.setQueryData(["choices", {}], {});
    await screen.findByText("there");
    await userEvent.click(screen.getByRole("button"));
    await vi.waitFor(() => expect(host.calls.filter(({ name }) => name === "customer_list")).toHaveLength(2));
    expect(client.getQueryState(["choices", {}])?.isInvalidated).toBe(false);
  });

  it("tells of a change although the refresh took its component away", async () => {
    let rows = ["a draft"];
    const told = vi.fn<(id: string) => void>();
    fakeHost({ handlers: { customer_list: () => ({ rows }), customer_save: () => ({ id: "cus_1" }) } });
    await draw(<Drafts onTold={told} />);
    rows = [];
    await userEvent.click(await screen.findByRole("button", { name: "publish" }));
    await screen.findByText("no draft");
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith("cus_1"));
  });

  it("makes everything stale for a command that says so", async () => {
    const client = new QueryClient();
    client.setQueryData(["company_get", {}], {});
    await invalidateFor(client, "undo");
    expect(client.getQueryState(["company_get", {}])?.isInvalidated).toBe(true);
  });

  it("uses only tags that some query provides", () => {
    const provided = new Set<string>(Object.values(provides).flat());
    const unknown = Object.values(invalidates).flat().filter((tag) => tag !== "All" && !provided.has(tag));
    expect(unknown).toEqual([]);
  });
});

describe("jobs", () => {
  it("report progress and end as cancelled", async () => {
    const stop = new AbortController();
    installHost(
      createFakeHost({
        handlers: {
          usage_import_run: async (_request: never, { progress }) => {
            progress({ stage: "reading", done: 1, total: 3, note: null });
            await new Promise(() => undefined);
          },
        },
      }),
    );
    const onProgress = vi.fn<() => void>();
    const job = runJob(new QueryClient(), "usage_import_run", { request: {} as never, signal: stop.signal, onProgress });
    await vi.waitFor(() => expect(onProgress).toHaveBeenCalledOnce());
    stop.abort();
    await expect(job).rejects.toBeInstanceOf(Cancelled);
  });
});

describe("the fake host", () => {
  it("answers from the sample whose request fits", async () => {
    const samples = [
      { command: "customer_get", request: { id: "a" }, reply: { name: "A" } },
      { command: "customer_get", request: { id: "b" }, reply: { name: "B" } },
      { command: "customer_get", request: { id: "x" }, error: { code: "not_found" as const } },
    ];
    const host = fakeHost({ samples });
    await expect(host.call("customer_get", { id: "b" } as never)).resolves.toEqual({ name: "B" });
    await expect(host.call("customer_get", { id: "x" } as never)).rejects.toMatchObject({ code: "not_found" });
    await expect(host.call("plan_list", {})).rejects.toBeInstanceOf(ApiError);
  });
});
