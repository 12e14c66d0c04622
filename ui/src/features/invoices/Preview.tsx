import { ChevronLeft, ChevronRight, Maximize2, Minimize2 } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { ErrorState } from "../../components/States";
import type { InvoiceRow } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import styles from "./Invoices.module.css";
import { requestOf } from "./model";
import { readPages, spotsOf } from "./pages";
import { Paper } from "./Paper";
import { StateTag } from "./StateTag";
import { useSize } from "./use-size";

export interface PreviewProps {
  row: InvoiceRow;
  line: number | null;
  onLine: (line: number) => void;
}

/** Room around the sheet. */
const MARGIN = { x: 24, y: 32 };

/** The document as it prints; its lines take the focus and lead to their explanation. */
export function Preview({ row, line, onLine }: PreviewProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const request = requestOf(row);
  const reply = useCommand("invoice_pages", request);
  const invoice = useCommand("invoice_get", request).data;
  const logo = useCommand("company_get", {}).data?.company.logoPng ?? null;
  const [wide, setWide] = useState(false);
  const [chosen, setPage] = useState<number | null>(null);
  const desk = useRef<HTMLDivElement>(null);
  const size = useSize(desk);
  const pages = reply.data ? readPages(reply.data.pages) : undefined;
  const count = pages?.pages.length ?? 1;
  const spots = pages && invoice ? spotsOf(pages, invoice.lines) : [];
  const page = Math.min(chosen ?? spots.find((spot) => spot.line === line)?.page ?? 0, count - 1);
  const turn = (by: number) => setPage(Math.min(count - 1, Math.max(0, page + by)));
  useShortcut("nextPage", () => turn(1), { enabled: count > 1 });
  useShortcut("previousPage", () => turn(-1), { enabled: count > 1 });

  const fit = size.width - MARGIN.x;
  const shape = pages ? pages.sheet.height / pages.sheet.width : 1.414;
  const width = Math.max(240, wide ? fit : Math.min(fit, (size.height - MARGIN.y) / shape));
  return (
    <section className={styles.preview} aria-label={t("preview")}>
      <div className={styles.previewBar}>
        <b className="strong truncate">{row.customer}</b>
        <StateTag state={row.state} />
        <span className="grow" />
        {count > 1 && (
          <>
            <IconButton size="small" icon={ChevronLeft} label={t("pageBefore")} keys={comboOf("previousPage")} isDisabled={page === 0} onPress={() => turn(-1)} />
            <span className="num small">{t("pageOf", { page: page + 1, count })}</span>
            <IconButton size="small" icon={ChevronRight} label={t("pageAfter")} keys={comboOf("nextPage")} isDisabled={page === count - 1} onPress={() => turn(1)} />
          </>
        )}
        <IconButton size="small" icon={wide ? Minimize2 : Maximize2} label={wide ? t("fitPage") : t("fitWidth")} onPress={() => setWide(!wide)} />
      </div>
      <div ref={desk} className={styles.desk} tabIndex={-1}>
        {reply.error || pages === null ? (
          <ErrorState
            title={reply.error ? errorText(reply.error).text : t("noPages")}
            action={<Button onPress={() => void reply.refetch()}>{t("common:again")}</Button>}
          />
        ) : (
          pages &&
          size.width > 0 && (
            <Paper
              pages={pages}
              page={page}
              width={width}
              spots={spots.filter((spot) => spot.page === page)}
              lines={invoice?.lines ?? []}
              selected={line}
              onLine={onLine}
              logo={logo}
              label={t("paper", { name: row.customer, page: page + 1, count })}
            />
          )
        )}
      </div>
    </section>
  );
}
