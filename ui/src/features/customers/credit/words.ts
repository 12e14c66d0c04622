import { useTranslation } from "react-i18next";
import type { CreditScopeText } from "../../../ipc/generated/types";

const METERS = ["model_calls", "input_tokens", "output_tokens", "total_tokens"] as const;

/** Names what credit is limited to: a built-in meter by its words, everything else as it is called. */
export function useScopeWords(): (scope: CreditScopeText) => string {
  const { t } = useTranslation("customers");
  return (scope) => {
    const meter = METERS.find((name) => scope.name === `meter:${name}`);
    return meter ? t(`credit.meter.${meter}`) : scope.label;
  };
}
