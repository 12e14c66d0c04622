import { useTranslation } from "react-i18next";
import { Percent } from "../../../components/Quantity";
import { Checkbox } from "../../../components/Switch";
import { Tag } from "../../../components/Tag";
import { UnitPrice } from "../../../components/UnitPrice";
import type { Column } from "../../../components/table/DataTable";
import type { PriceLineText } from "../../../ipc/generated/types";
import { useFormats, useFormatSetting } from "../../../lib/use-formats";
import { conditionWords, dimensionName, providerName } from "../words";

/** The columns of the list of changes; the box ticks a line. */
export function useLineColumns(onTick: (id: number, taken: boolean) => void): Column<PriceLineText>[] {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const setting = useFormatSetting();
  const name = (line: PriceLineText) => [line.model, line.dimension && dimensionName(line.dimension)].filter(Boolean).join(", ");
  const when = (line: PriceLineText) => line.conditions.map((condition) => conditionWords(condition, setting)).join(", ");
  const rules = (line: PriceLineText) => line.rules.map((rule) => t(`import.rule.${rule.key}`, { value: rule.value })).join(", ");
  return [
    { id: "taken", head: "", width: "40px", cell: (line) => <Checkbox aria-label={t("import.tick", { name: name(line) })} isSelected={line.taken} onChange={(taken) => onTick(line.id, taken)} /> },
    { id: "model", head: t("model"), width: "minmax(180px, 1.4fr)", sortBy: (line) => ({ text: line.model }), cell: (line) => <span className="truncate medium" title={line.model}>{line.model}</span> },
    { id: "provider", head: t("provider"), width: "minmax(90px, 0.7fr)", sortBy: (line) => ({ text: line.provider }), cell: (line) => <span className="truncate muted">{providerName(line.provider)}</span> },
    { id: "what", head: t("dimensionLabel"), width: "minmax(120px, 1fr)", sortBy: (line) => ({ text: line.dimension ?? "" }), cell: (line) => <span className="truncate" title={line.dimension ? undefined : rules(line)}>{line.dimension ? dimensionName(line.dimension) : rules(line)}</span> },
    { id: "when", head: t("when"), width: "minmax(90px, 0.9fr)", cell: (line) => <span className="truncate muted small" title={when(line)}>{when(line)}</span> },
    {
      id: "was",
      head: t("import.was"),
      align: "end",
      width: "minmax(110px, 0.8fr)",
      sortBy: (line) => ({ figure: line.was ?? "" }),
      cell: (line) => <span title={line.wasSource ?? undefined}>{line.was !== null && line.wasCurrency !== null ? <UnitPrice value={line.was} currency={line.wasCurrency} /> : <span className="dim">–</span>}</span>,
    },
    {
      id: "will",
      head: t("import.will"),
      align: "end",
      width: "minmax(110px, 0.8fr)",
      sortBy: (line) => ({ figure: line.will ?? "" }),
      cell: (line) => (
        <span title={line.original ? t("import.original", { text: line.original }) : undefined}>
          {line.will !== null && line.willCurrency !== null ? <UnitPrice value={line.will} currency={line.willCurrency} className="medium" /> : <span className="dim">{line.dimension ? t("import.ends") : "–"}</span>}
        </span>
      ),
    },
    { id: "percent", head: t("import.change"), align: "end", width: "84px", sortBy: (line) => ({ figure: line.percent ?? "" }), cell: (line) => line.percent !== null && <Percent value={line.percent} sign="always" /> },
    { id: "from", head: t("import.from"), width: "110px", sortBy: (line) => ({ text: line.from ?? "" }), cell: (line) => <span className="muted small">{line.from ? formats.date(line.from.slice(0, 10)) : t("sinceEver")}</span> },
    {
      id: "kind",
      head: t("import.why"),
      width: "minmax(120px, 0.8fr)",
      sortBy: (line) => ({ text: line.kind }),
      cell: (line) => (
        <span className="row truncate">
          <Tag tone={line.asked || line.kind === "disagrees" ? "pencil" : "neutral"}>{t(line.asked ? "import.kind.asked" : `import.kind.${line.kind}`)}</Tag>
          {line.own && <Tag tone="ink">{t("negotiated")}</Tag>}
        </span>
      ),
    },
  ];
}
