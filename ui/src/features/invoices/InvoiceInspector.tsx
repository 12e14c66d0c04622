import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Inspector } from "../../components/Inspector";
import { ErrorState, Skeleton } from "../../components/States";
import { Button } from "../../components/Button";
import type { InvoiceRow } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { Checks } from "./Checks";
import { Decide } from "./draft/Decide";
import { isOpen, type DraftActions } from "./draft/use-draft-actions";
import { CreditNotes } from "./CreditNotes";
import { Einvoice } from "./Einvoice";
import { LineExplanation } from "./LineExplanation";
import { requestOf } from "./model";
import { Payments } from "./Payments";
import { StateTag } from "./StateTag";
import { Additions } from "./Additions";
import { LineList, Summary } from "./Summary";
import type { InvoiceActions } from "./use-invoice-actions";

export interface InvoiceInspectorProps {
  row: InvoiceRow;
  /** Whether the month is over. */
  complete: boolean;
  position: number | null;
  actions: InvoiceActions;
  drafts: DraftActions;
  onLine: (line: number | undefined) => void;
}

/** A line with its way from the events, or the whole document; below it what was checked. */
export function InvoiceInspector({ row, complete, position, actions, drafts, onLine }: InvoiceInspectorProps) {
  const { t } = useTranslation("common");
  const reply = useCommand("invoice_get", requestOf(row));
  if (reply.error) {
    const { text, detail } = errorText(reply.error);
    const again = <ErrorState title={text} detail={detail} action={<Button onPress={() => void reply.refetch()}>{t("again")}</Button>} />;
    // What was added may be why it cannot be computed.
    return (
      <>
        {again}
        {isOpen(row) && <Decide row={row} drafts={drafts} />}
      </>
    );
  }
  if (!reply.data) return <Skeleton rows={8} height={36} />;
  const invoice = reply.data;
  const line = invoice.lines.find((one) => one.position === position);
  const checks = <Checks invoice={invoice} row={row} complete={complete} actions={actions} />;
  if (line) {
    return (
      <LineExplanation line={line} invoice={invoice} onBack={() => onLine(undefined)}>
        {checks}
        <LineList invoice={invoice} onLine={onLine} />
      </LineExplanation>
    );
  }
  return (
    <Inspector title={row.customer} tag={<StateTag state={row.state} />}>
      <Summary invoice={invoice} />
      <Additions invoice={invoice} />
      {isOpen(row) && <Decide row={row} drafts={drafts} />}
      {checks}
      <Einvoice invoice={invoice} row={row} />
      {row.id !== null && row.state === "finalized" && (
        <>
          <Payments row={row} id={row.id} />
          <CreditNotes invoice={invoice} id={row.id} />
        </>
      )}
      <LineList invoice={invoice} onLine={onLine} />
    </Inspector>
  );
}
