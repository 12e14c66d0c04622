import { ApiError } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type { PlanExportRequest, PlanImportRequest, PlanTestRunRequest, PlanTestsSaveRequest, PlanText } from "../../ipc/generated/types";
import { quote } from "./fake-price";

/** Billing tests and plans as text, over the plans that the other handlers keep. */
export function fakeTests(planned: (context: FakeContext) => PlanText[]): FakeHandlers {
  return {
    plan_test_run: ({ currency, charges, tests }: PlanTestRunRequest) => ({
      results: tests.map((test) => {
        const charge = charges.find((one) => one.name === test.charge);
        if (!charge) return { passed: false, amount: null, fault: "no_charge" };
        const amount = charge.kind === "usage" ? quote(charge, currency, test.quantity, false).amount : { amount: charge.amount ?? "0", currency };
        return { passed: Number(amount.amount) === Number(test.amount), amount, fault: null };
      }),
    }),
    plan_tests_save: ({ id, tests }: PlanTestsSaveRequest, context) => {
      const issues = tests.flatMap((test, index) => (test.name.trim() === "" ? [{ path: `tests[${index}].name`, code: "required", params: {} }] : []));
      if (issues.length > 0) throw new ApiError({ code: "invalid", issues });
      context.memory.set("plans", planned(context).map((plan) => (plan.id === id ? { ...plan, tests } : plan)));
      return { id };
    },
    plan_export: ({ id }: PlanExportRequest, context) => {
      const name = planned(context).find((plan) => plan.id === id)?.name ?? "";
      return { fileName: `${name.toLowerCase()}.plan.toml`, text: `format = "1"\nname = "${name}"\n` };
    },
    plan_import: ({ path }: PlanImportRequest, context) => {
      if (path.includes("broken")) {
        throw new ApiError({ code: "invalid", issues: [{ path: "charges[0].unit_prise", code: "unknown_field", params: { line: "9" } }] });
      }
      const plan = planned(context)[0];
      return { id: plan?.id ?? "", name: plan?.name ?? "", isNew: false, tests: 0 };
    },
  };
}
