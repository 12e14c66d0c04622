import { createContext, useContext } from "react";
import { usePreferences } from "./preferences";
import * as format from "./format";
import type { FormatSetting } from "./format";

/** What holds while no book says otherwise. */
export const PLAIN_SETTING: FormatSetting = { locale: "en-GB", timeZone: "UTC" };

/** Locale and time zone of the open book; the frame provides them. */
export const FormatContext = createContext(PLAIN_SETTING);

/** The locale of this computer's setting, else of the book; always the time zone of the book. */
export function useFormatSetting(): FormatSetting {
  const { locale } = usePreferences();
  const book = useContext(FormatContext);
  return { locale: locale ?? book.locale, timeZone: book.timeZone };
}

/** All formats, bound to the setting: for text that is not a figure component. */
export function useFormats() {
  const setting = useFormatSetting();
  return {
    setting,
    money: (value: string, currency: string, sign?: format.SignDisplay) =>
      format.formatMoney(value, currency, setting, sign).text,
    moneyShort: (value: string, currency: string) =>
      format.formatMoneyShort(value, currency, setting),
    unitPrice: (value: string, currency: string | null) =>
      format.formatUnitPrice(value, currency, setting),
    percent: (percent: string, options?: { places?: number; sign?: format.SignDisplay }) =>
      format.formatPercent(percent, setting, options),
    points: (points: string) => format.formatPoints(points, setting),
    quantity: (value: string) => format.formatQuantity(value, setting),
    quantityShort: (value: string) => format.formatQuantityShort(value, setting),
    date: (date: string) => format.formatDate(date, setting),
    day: (date: string) => format.formatDay(date, setting),
    month: (month: string) => format.formatMonth(month, setting),
    instant: (instant: string) => format.formatInstant(instant, setting),
    time: (instant: string, seconds?: boolean) => format.formatTime(instant, setting, seconds),
    period: (first: string, last: string) => format.formatPeriod(first, last, setting),
  };
}
