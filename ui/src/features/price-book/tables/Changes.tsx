import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { Quantity } from "../../../components/Quantity";
import { Select } from "../../../components/Select";
import { EmptyState, NoResult, Note } from "../../../components/States";
import { SearchField } from "../../../components/TextField";
import { DataTable } from "../../../components/table/DataTable";
import type { PriceImportPreviewReply, PriceLineFilter, PriceLineKind, PriceTakenReply } from "../../../ipc/generated/types";
import { useCommand } from "../../../ipc/query";
import { useFormats } from "../../../lib/use-formats";
import { useSettled } from "../use-prices";
import { providerName } from "../words";
import { EffectStrip } from "./EffectStrip";
import { Issues } from "./Issues";
import styles from "./Tables.module.css";
import { useLineColumns } from "./use-line-columns";
import type { Take } from "./use-table";

interface ChangesProps {
  preview: PriceImportPreviewReply;
  taken: PriceTakenReply;
  onTake: Take;
}

/** Lines that are drawn at once; a filter finds the others. */
const SHOWN = 500;
const ALL = "*";
type Kind = PriceLineKind | "asked" | typeof ALL;

/** What a table would change: what it does to the margin, and the lines to tick. */
export function Changes({ preview, taken, onTake }: ChangesProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  const [kind, setKind] = useState<Kind>(ALL);
  const [provider, setProvider] = useState(ALL);
  const [text, setText] = useState("");
  const search = useSettled(text, 120);
  const filter: PriceLineFilter = {
    kind: kind === ALL || kind === "asked" ? null : kind,
    asked: kind === "asked",
    provider: provider === ALL ? null : provider,
    search,
  };
  const lines = useCommand("price_import_lines", { token: preview.token ?? "", filter, offset: 0, limit: SHOWN }, { keepPrevious: true });
  const columns = useLineColumns((id, isTaken) => onTake({ lines: [id], filter, taken: isTaken }));
  const all = taken.kinds.reduce((sum, one) => sum + one.lines, 0);
  const left = taken.asked - taken.askedTaken;
  const figure = (count: number) => formats.quantity(String(count));
  const kinds = [
    { value: ALL as Kind, label: t("import.kind.all"), detail: figure(all) },
    ...taken.kinds.filter((one) => one.lines > 0).map((one) => ({ value: one.kind as Kind, label: t(`import.kind.${one.kind}`), detail: figure(one.lines) })),
    ...(taken.asked > 0 ? [{ value: "asked" as Kind, label: t("import.kind.asked"), detail: figure(taken.asked) }] : []),
  ];
  const isFiltered = kind !== ALL || provider !== ALL || search !== "";
  return (
    <div className={styles.changes}>
      <EffectStrip preview={preview} taken={taken} />
      {left > 0 && kind !== "asked" && (
        <Note tone="pencil">
          {t("import.asked", { count: left, lines: figure(left) })}{" "}
          <Button size="small" kind="ghost" onPress={() => setKind("asked")}>
            {t("import.showAsked")}
          </Button>
        </Note>
      )}
      <div className={styles.tools}>
        <SearchField label={t("filter")} placeholder={t("import.search")} value={text} onChange={setText} className={styles.search} />
        <Select lead={t("show.label")} value={kind} options={kinds} onChange={setKind} />
        <Select
          lead={t("provider")}
          value={provider}
          options={[{ value: ALL, label: t("allProviders") }, ...preview.providers.map((one) => ({ value: one.provider, label: providerName(one.provider), detail: figure(one.lines) }))]}
          onChange={setProvider}
        />
        <span className="grow" />
        <span className="small muted">{lines.data && t("import.ticked", { taken: figure(lines.data.taken), total: figure(lines.data.total) })}</span>
        <Button size="small" onPress={() => onTake({ lines: null, filter, taken: true })}>
          {t("import.tickShown")}
        </Button>
        <Button size="small" onPress={() => onTake({ lines: null, filter, taken: false })}>
          {t("import.untickShown")}
        </Button>
      </div>
      <DataTable
        label={t("import.lines")}
        columns={columns}
        rows={lines.data?.lines}
        rowKey={(line) => String(line.id)}
        onOpen={(line) => onTake({ lines: [line.id], filter, taken: !line.taken })}
        total={lines.data?.total}
        rowTone={(line) => (line.asked ? "pencil" : undefined)}
        isFiltered={isFiltered}
        empty={<EmptyState title={t("import.nothing")} detail={t("import.unchangedAll", { count: preview.unchanged, prices: figure(preview.unchanged) })} />}
        noResult={<NoResult title={t("import.noLine")} />}
        pageKeys
      />
      <p className={styles.foot}>
        <Quantity value={preview.unchanged} /> {t("import.unchanged")}
        <Issues issues={preview.issues} count={preview.issueCount} />
      </p>
    </div>
  );
}
