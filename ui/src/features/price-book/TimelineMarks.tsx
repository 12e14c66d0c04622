import { useTranslation } from "react-i18next";
import type { ContractPrice, ProviderChange } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { toLocal } from "./formula-text";
import { labelled, lanesOf, type Scale, xOf } from "./timeline";
import styles from "./Timeline.module.css";
import { scopeNames } from "./words";

interface MarksProps {
  scale: Scale;
  dayOf: (instant: string) => string;
}

const Y = 62;
const WORDS = 116;
const LANES = 3;

/** What providers changed, as diamonds: hollow is announced. */
export function ProviderMarks({ changes, scale, dayOf }: MarksProps & { changes: readonly ProviderChange[] }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const marks = changes.map((change) => ({ x: xOf(scale, dayOf(change.at)), change })).filter(({ x }) => x >= scale.left && x <= scale.left + scale.width);
  return (
    <>
      {labelled(marks, WORDS, scale.left + scale.width).map(({ x, change, hasLabel, isBefore }) => {
        const words = change.change === null ? change.model : t("timeline.changed", { model: change.model, percent: formats.percent(change.change, { sign: "always" }) });
        return (
          <g key={`${change.at}/${change.provider}/${change.model}`} data-announced={change.announced || undefined} className={styles.mark}>
            <title>{[words, formats.date(dayOf(change.at)), change.announced && t("timeline.announced")].filter(Boolean).join(", ")}</title>
            <path d={`M${x} ${Y + 3}l6 7l-6 7l-6 -7z`} />
            {hasLabel && (
              <text x={isBefore ? x - 11 : x + 11} y={Y + 14} textAnchor={isBefore ? "end" : "start"}>
                {shortened(change.announced ? words : change.model)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** Prices of single contracts as bars, while they hold. */
export function ContractBars({ contracts, scale, dayOf }: MarksProps & { contracts: readonly ContractPrice[] }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { locale } = useFormatSetting();
  const bars = contracts.map((contract) => {
    const from = contract.validFrom === null ? scale.from : dayOf(contract.validFrom);
    const until = contract.validUntil === null ? scale.to : dayOf(contract.validUntil);
    const x = Math.max(scale.left, xOf(scale, from));
    return { contract, x, width: Math.min(scale.left + scale.width, xOf(scale, until)) - x };
  });
  const says = ({ rule }: ContractPrice) =>
    rule.own?.typed ? toLocal(rule.own.typed, locale) : rule.own?.price ? formats.unitPrice(rule.own.price, rule.own.currency) : rule.markup ? formats.percent(rule.markup.percent, { places: places(rule.markup.percent), sign: "always" }) : "";
  const shown = lanesOf(bars.filter(({ width }) => width > 0), LANES);
  return (
    <>
      {shown.map(({ lane, bar }, at) => {
        const words = [bar.contract.customer, bar.contract.scope.model || bar.contract.scope.provider ? scopeNames(bar.contract.scope) : null, says(bar.contract)].filter(Boolean).join(", ");
        return (
          <g key={at} className={styles.contract}>
            <title>{words}</title>
            <rect x={bar.x} y={88 + lane * 16} width={bar.width} height={13} rx={3} />
            <text x={bar.x + 7} y={98 + lane * 16}>
              {bar.width > 60 ? words.slice(0, Math.floor(bar.width / 6)) : ""}
            </text>
          </g>
        );
      })}
      {bars.length > shown.length && (
        <text x={scale.left + scale.width} y={138} textAnchor="end" className={styles.axis}>
          {t("timeline.moreContracts", { count: bars.length - shown.length })}
        </text>
      )}
    </>
  );
}

const shortened = (words: string) => (words.length > 18 ? `${words.slice(0, 17)}…` : words);
