import { Pencil, PenLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Button } from "../../components/Button";
import { ExplanationChain, Inspector, InspectorSection, SplitBar } from "../../components/Inspector";
import { ErrorState, Skeleton } from "../../components/States";
import { Tag } from "../../components/Tag";
import { UnitPrice } from "../../components/UnitPrice";
import { Percent } from "../../components/Quantity";
import type { ModelGetReply, ModelPrice, PriceCell } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { abs, compare, subtract, toCoordinate } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { explainPrice } from "./explain";
import { isTokens, splitKey } from "./model";
import styles from "./PriceBook.module.css";
import { Buyers, Conditional, History, Rules } from "./PriceTables";
import { useSettled } from "./use-prices";
import { dimensionName, providerName } from "./words";

export interface PriceInspectorProps {
  /** `provider/model`. */
  model: string;
  dimension: string | null;
  currency: string;
  onEdit: () => void;
  onManual: () => void;
}

/** Why a price is what it is: cost, rule, sources, who pays it. */
export function PriceInspector({ model, dimension, currency, onEdit, onManual }: PriceInspectorProps) {
  const { t } = useTranslation("common");
  // Arrow keys fly over many models: the one they rest on is asked for.
  const asked = useSettled(model, 120);
  const reply = useCommand("model_get", { ...splitKey(asked), at: null }, { keepPrevious: true });
  if (reply.error) {
    const { text, detail } = errorText(reply.error);
    return <ErrorState title={text} detail={detail} action={<Button onPress={() => void reply.refetch()}>{t("again")}</Button>} />;
  }
  if (!reply.data) return <Skeleton rows={8} height={32} />;
  return <ModelFacts reply={reply.data} dimension={dimension} currency={currency} onEdit={onEdit} onManual={onManual} />;
}

interface ModelFactsProps extends Omit<PriceInspectorProps, "model"> {
  reply: ModelGetReply;
}

function ModelFacts({ reply, dimension, currency, onEdit, onManual }: ModelFactsProps) {
  const { t } = useTranslation("price-book");
  const setting = useFormatSetting();
  const shown = dimension ?? reply.prices[0]?.dimension ?? null;
  const ofDimension = reply.prices.filter((price) => price.dimension === shown);
  const plain = ofDimension.find((price) => price.conditions.length === 0);
  const conditional = ofDimension.filter((price) => price.conditions.length > 0);
  const history = reply.history.filter((price) => price.dimension === shown);
  const subtitle = [shown && dimensionName(shown), providerName(reply.provider)].filter(Boolean).join(", ");
  return (
    <Inspector title={reply.model} subtitle={subtitle} tag={plain?.manual && <Tag tone="ink">{t("negotiated")}</Tag>} head={plain && <Head price={plain} currency={currency} />}>
      {shown !== null && (
        <div className={styles.buttons}>
          <Button size="small" icon={Pencil} onPress={onEdit}>
            {t("editMarkupShort")}
          </Button>
          <Button size="small" icon={PenLine} onPress={onManual}>
            {t("setNegotiated")}
          </Button>
        </div>
      )}
      {plain ? (
        plain.steps.length > 0 && <ExplanationChain title={t("howMade")} steps={explainPrice(plain, setting)} />
      ) : (
        <InspectorSection>
          <p className="muted">{conditional.length > 0 ? t("onlyConditional") : t("notOffered")}</p>
        </InspectorSection>
      )}
      {conditional.length > 0 && <Conditional prices={conditional} currency={currency} />}
      <Buyers reply={reply} />
      <Rules rules={reply.rules.filter((rule) => rule.scope.dimension === null || rule.scope.dimension === shown)} />
      {(history.length > 0 || plain) && <History prices={[...(plain ? [plain] : []), ...history]} now={plain} />}
      {reply.aliases.length > 0 && (
        <InspectorSection title={t("aliases")}>
          <p className="small muted selectable">{reply.aliases.slice(0, 12).join(", ")}</p>
        </InspectorSection>
      )}
    </Inspector>
  );
}

function Head({ price, currency }: { price: ModelPrice; currency: string }) {
  const { t } = useTranslation("price-book");
  const { cell } = price;
  if (cell.sell === null) {
    return (
      <>
        <p className={styles.price}>
          <UnitPrice value={cell.cost} currency={cell.costCurrency} size="headline" /> <span className="muted">{t("costWord")}</span>
        </p>
        <p className="small pencil">{cell.problem ? t(`problem.${cell.problem}`, { defaultValue: cell.problem }) : t("notKnown")}</p>
      </>
    );
  }
  return (
    <>
      <p className={styles.price}>
        <UnitPrice value={cell.sell} currency={currency} size="headline" tone={cell.belowCost ? "loss" : undefined} />
        <span className="muted">{t(isTokens(price.dimension) ? "perMillion" : "perUnit")}</span>
        <span className="grow" />
        {cell.margin !== null && <Percent value={cell.margin} lossWhenNegative className="medium" />}
      </p>
      <Split cell={cell} currency={currency} />
    </>
  );
}

/** Cost and margin as one bar; below cost the loss stands at the end. */
function Split({ cell, currency }: { cell: PriceCell; currency: string }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const cost = cell.costConverted ?? cell.cost;
  if (cell.margin === null) return null;
  const share = Math.min(100, toCoordinate(abs(cell.margin)));
  const costText = t("costIs", { price: formats.unitPrice(cost, currency) });
  const marginText = formats.percent(cell.margin);
  const isLoss = cell.belowCost || compare(cell.margin, "0") < 0;
  const label = isLoss
    ? t("split.loss", { cost: costText, loss: formats.unitPrice(subtract(cost, cell.sell ?? cost), currency) })
    : t("split.margin", { cost: costText, margin: marginText });
  return (
    <SplitBar
      label={label}
      parts={[
        { label: costText, share: 100 - share, color: "cost" },
        { label: marginText, share: Math.max(share, 14), color: isLoss ? "loss" : "margin" },
      ]}
    />
  );
}
