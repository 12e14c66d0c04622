import { FlaskConical, Pencil, PenLine, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Button } from "../../components/Button";
import { ExplanationChain, Inspector, InspectorSection, SplitBar } from "../../components/Inspector";
import { ErrorState, Skeleton } from "../../components/States";
import { Tag } from "../../components/Tag";
import { UnitPrice } from "../../components/UnitPrice";
import { Percent } from "../../components/Quantity";
import type { ModelGetReply, PriceCell } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { abs, compare, subtract, toCoordinate } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { Buyers } from "./Buyers";
import { readColumn } from "./columns";
import { explainPrice } from "./explain";
import { isTokens, splitKey } from "./model";
import styles from "./PriceBook.module.css";
import { Conditional, History, Names, Rules } from "./PriceTables";
import { PriceThen } from "./PriceThen";
import { StagedSection } from "./StagedSection";
import { useSettled } from "./use-prices";
import { columnWords, problemWords, providerName } from "./words";

export interface PriceInspectorProps {
  /** `provider/model`. */
  model: string;
  /** Id of the column; null is the name. */
  column: string | null;
  /** The cell as the grid has it. */
  cell: PriceCell | null;
  currency: string;
  onEdit: () => void;
  onManual: () => void;
  /** Takes back what is staged at this cell. */
  onRevert: () => void;
  onTest: () => void;
}

/** Why a price is what it is: cost, rule, sources, who pays it. */
export function PriceInspector({ model, ...rest }: PriceInspectorProps) {
  const { t } = useTranslation("common");
  // Arrow keys fly over many models: the one they rest on is asked for.
  const asked = useSettled(model, 120);
  const reply = useCommand("model_get", { ...splitKey(asked), at: null }, { keepPrevious: true });
  if (reply.error) {
    const { text, detail } = errorText(reply.error);
    return <ErrorState title={text} detail={detail} action={<Button onPress={() => void reply.refetch()}>{t("again")}</Button>} />;
  }
  if (!reply.data) return <Skeleton rows={8} height={32} />;
  return <ModelFacts reply={reply.data} {...rest} />;
}

interface ModelFactsProps extends Omit<PriceInspectorProps, "model"> {
  reply: ModelGetReply;
}

function ModelFacts({ reply, column, cell, currency, onEdit, onManual, onRevert, onTest }: ModelFactsProps) {
  const { t } = useTranslation("price-book");
  const setting = useFormatSetting();
  const id = column ?? reply.prices[0]?.dimension ?? null;
  const shown = id === null ? null : readColumn(id).dimension;
  const ofDimension = reply.prices.filter((price) => price.dimension === shown);
  const under = cell !== null && cell.column !== "" ? cell.conditionsKey : null;
  const meant = ofDimension.find((price) => (under === null ? price.conditions.length === 0 : price.cell.conditionsKey === under));
  const conditional = ofDimension.filter((price) => price.conditions.length > 0 && price !== meant);
  const history = reply.history.filter((price) => price.dimension === shown);
  const subtitle = [id && columnWords(id), providerName(reply.provider)].filter(Boolean).join(", ");
  const tag = cell?.staged ? (
    <Tag tone="pencil">{t(cell.staged.here ? "staged" : "reached")}</Tag>
  ) : (
    meant?.manual && <Tag tone="ink">{t("negotiated")}</Tag>
  );
  const figures = cell ?? meant?.cell;
  return (
    <Inspector title={reply.model} subtitle={subtitle} tag={tag} head={shown !== null && figures && <Head cell={figures} dimension={shown} currency={currency} />}>
      {shown !== null && (
        <div className={styles.buttons}>
          <Button size="small" icon={Pencil} onPress={onEdit}>
            {t("editPriceShort")}
          </Button>
          <Button size="small" icon={PenLine} onPress={onManual}>
            {t("setNegotiated")}
          </Button>
          <Button size="small" icon={FlaskConical} onPress={onTest}>
            {t("tester.open")}
          </Button>
          {cell?.staged?.here && (
            <Button size="small" kind="pencil" icon={RotateCcw} onPress={onRevert}>
              {t("revert")}
            </Button>
          )}
        </div>
      )}
      {meant ? (
        meant.steps.length > 0 && <ExplanationChain title={t("howMade")} steps={explainPrice(meant, setting)} />
      ) : (
        <InspectorSection>
          <p className="muted">{conditional.length > 0 ? t("onlyConditional") : t("notOffered")}</p>
        </InspectorSection>
      )}
      {cell?.staged && <StagedSection cell={cell} currency={currency} />}
      <Buyers sales={reply.sales} />
      {conditional.length > 0 && <Conditional prices={conditional} currency={currency} />}
      <Rules rules={reply.rules.filter((rule) => rule.scope.dimension === null || rule.scope.dimension === shown)} />
      {(history.length > 0 || meant) && <History prices={[...(meant ? [meant] : []), ...history]} now={meant} />}
      {shown !== null && <PriceThen key={`${reply.provider}/${reply.model} ${shown}`} provider={reply.provider} model={reply.model} dimension={shown} />}
      <Names matched={reply.matched} />
    </Inspector>
  );
}

function Head({ cell, dimension, currency }: { cell: PriceCell; dimension: string; currency: string }) {
  const { t } = useTranslation("price-book");
  const shown = cell.staged ?? cell;
  const problem = cell.staged ? cell.staged.problem : cell.problem;
  if (shown.sell === null) {
    return (
      <>
        {cell.cost !== "" && (
          <p className={styles.price}>
            <UnitPrice value={cell.cost} currency={cell.costCurrency} size="headline" /> <span className="muted">{t("costWord")}</span>
          </p>
        )}
        <p className="small pencil">{problem ? problemWords(problem) : t("notKnown")}</p>
      </>
    );
  }
  return (
    <>
      <p className={styles.price}>
        <UnitPrice value={shown.sell} currency={currency} size="headline" tone={shown.belowCost ? "loss" : undefined} />
        <span className="muted">{t(isTokens(dimension) ? "perMillion" : "perUnit")}</span>
        <span className="grow" />
        {cell.staged && cell.sell !== null && (
          <s className="muted">
            <UnitPrice value={cell.sell} currency={currency} />
          </s>
        )}
        {shown.margin !== null && <Percent value={shown.margin} lossWhenNegative className="medium" />}
      </p>
      <Split cell={cell} currency={currency} />
    </>
  );
}

/** Cost and margin as one bar; below cost the loss stands at the end. */
function Split({ cell, currency }: { cell: PriceCell; currency: string }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const shown = cell.staged ?? cell;
  const cost = cell.costConverted ?? cell.cost;
  if (shown.margin === null || cost === "") return null;
  const share = Math.min(100, toCoordinate(abs(shown.margin)));
  const costText = t("costIs", { price: formats.unitPrice(cost, currency) });
  const marginText = formats.percent(shown.margin);
  const isLoss = shown.belowCost || compare(shown.margin, "0") < 0;
  const label = isLoss
    ? t("split.loss", { cost: costText, loss: formats.unitPrice(subtract(cost, shown.sell ?? cost), currency) })
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
