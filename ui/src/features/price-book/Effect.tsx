import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import type { MarkupPreviewRequest, MarkupScopeText, MarkupText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { isZero, subtract } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import styles from "./PriceBook.module.css";
import { useSettled } from "./use-prices";

const NOTHING: MarkupPreviewRequest = {
  scope: { level: "book", owner: null, provider: null, model: null, dimension: null, conditions: null },
  markup: null,
  validFrom: null,
};

interface EffectProps {
  scope: MarkupScopeText;
  /** Null while nothing can be read. */
  markup: MarkupText | null;
}

/** What a change of markup does to the drafts of the month, before it is staged. */
export function Effect({ scope, markup }: EffectProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const request: MarkupPreviewRequest | null = markup && { scope, markup, validFrom: null };
  const settled = useSettled(JSON.stringify(request), 250);
  const asked = JSON.parse(settled) as MarkupPreviewRequest | null;
  const preview = useCommand("markup_preview", asked ?? NOTHING, { enabled: asked !== null, keepPrevious: true });
  const data = asked === null ? undefined : preview.data;
  const isOld = JSON.stringify(request) !== settled || preview.isPlaceholderData;
  if (preview.error && asked !== null) return null;
  return (
    <div className={styles.effect} data-old={isOld || undefined} aria-live="polite">
      {data === undefined ? (
        <p className="dim">{request === null ? t("effect.type") : t("effect.wait")}</p>
      ) : data.month === null || data.before === null || data.after === null ? (
        <p>{t("effect.noMonth")}</p>
      ) : isZero(data.before) && isZero(data.after) ? (
        <p>{t("effect.noDrafts", { month: formats.month(data.month) })}</p>
      ) : (
        <>
          <div className="row between">
            <span>{t("effect.drafts", { month: formats.month(data.month) })}</span>
            <Money value={{ amount: subtract(data.after, data.before), currency: data.currency }} sign="always" className="strong" />
          </div>
          <div className="row between small">
            <span>
              <Money value={{ amount: data.before, currency: data.currency }} /> <span aria-hidden>→</span>{" "}
              <Money value={{ amount: data.after, currency: data.currency }} />
            </span>
            <span>
              {[
                data.more > 0 && t("effect.more", { customers: formats.quantity(String(data.more)) }),
                data.less > 0 && t("effect.less", { customers: formats.quantity(String(data.less)) }),
              ]
                .filter(Boolean)
                .join(", ") || t("effect.none")}
            </span>
          </div>
        </>
      )}
    </div>
  );
}
