import i18next from "i18next";
import { ArrowUpDown, CalendarClock, CircleDashed, CircleHelp, Clock, Coins, Copy, PackageX, Split, TrendingDown, UserPlus, UserX, type LucideIcon } from "lucide-react";
import type { InboxItem, InboxKind } from "../../../ipc/generated/types";
import { dimensionName } from "../words";

export const KIND_ICONS: Record<InboxKind, LucideIcon> = {
  unknown_customer: UserX,
  unknown_model: PackageX,
  no_price: CircleDashed,
  no_value: CircleHelp,
  no_price_for_value: Split,
  no_subscription: UserPlus,
  no_exchange_rate: Coins,
  conflict: Copy,
  late_usage: Clock,
  below_cost: TrendingDown,
  not_followed: ArrowUpDown,
  old_prices: CalendarClock,
};

/** One line of cause. */
export function cause(item: InboxItem): string {
  const isOfDimension = item.kind === "no_price" || item.kind === "below_cost" || item.kind === "not_followed";
  const detail = isOfDimension && item.detail ? dimensionName(item.detail) : item.detail;
  const key = detail ? "causeWith" : "cause";
  return i18next.t(`usage:${key}.${item.kind}`, {
    subject: item.subject,
    detail,
    defaultValue: i18next.t(`usage:cause.${item.kind}`, { subject: item.subject }),
  });
}
