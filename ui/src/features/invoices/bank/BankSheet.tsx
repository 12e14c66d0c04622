import { Banknote } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { errorText, issueText } from "../../../app/errors";
import { otherIssues } from "../../../app/issues";
import { comboOf } from "../../../app/shortcuts";
import { showToast } from "../../../app/toasts";
import { useShortcut } from "../../../app/use-shortcut";
import { Button } from "../../../components/Button";
import { FormIssues } from "../../../components/Form";
import { Segmented } from "../../../components/Segmented";
import { Sheet } from "../../../components/Sheet";
import { ErrorState, Note, Skeleton } from "../../../components/States";
import type { BankDayOrder, PaymentImportPreviewReply } from "../../../ipc/generated/types";
import { useCommand, useMutation } from "../../../ipc/query";
import { fileName } from "../../../lib/paths";
import { useFormats } from "../../../lib/use-formats";
import styles from "./Bank.module.css";
import { BankLines } from "./BankLines";
import { accepted, sureOnes, totals, type Chosen } from "./model";

export interface BankSheetProps {
  path: string;
  onClose: () => void;
}

/** Lines of a bank's file with the invoices that they pay. Nothing is entered before it is ticked. */
export function BankSheet({ path, onClose }: BankSheetProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const [days, setDays] = useState<BankDayOrder | null>(null);
  const reply = useCommand("payment_import_preview", { path, days });
  const shortDays = reply.data?.faults.some((fault) => fault.code === "ambiguous_date") ?? false;
  const order = (shortDays || days !== null) && (
    <Segmented<BankDayOrder>
      label={t("bank.days")}
      value={days ?? "day_first"}
      onChange={setDays}
      segments={[
        { value: "day_first", label: t("bank.dayFirst") },
        { value: "month_first", label: t("bank.monthFirst") },
      ]}
    />
  );
  if (reply.data) return <Lines key={days ?? ""} path={path} days={days} reply={reply.data} order={order} onClose={onClose} />;
  return (
    <Sheet isOpen onClose={onClose} title={t("bank.title", { file: fileName(path) })} closeLabel={t("common:close")} width={1080}>
      {reply.error ? (
        <ErrorState title={errorText(reply.error).text} action={<Button onPress={() => void reply.refetch()}>{t("common:again")}</Button>} />
      ) : (
        <Skeleton rows={8} height={40} />
      )}
    </Sheet>
  );
}

interface LinesProps extends BankSheetProps {
  days: BankDayOrder | null;
  reply: PaymentImportPreviewReply;
  order: ReactNode;
}

function Lines({ path, days, reply, order, onClose }: LinesProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const [chosen, setChosen] = useState<Chosen>(() => sureOnes(reply.lines));
  const enter = useMutation("payment_import");
  const sums = totals(reply.lines, chosen).map((one) => formats.money(one.amount, one.currency));
  const run = () =>
    enter.mutate(
      { path, days, accepted: accepted(chosen) },
      {
        onSuccess: ({ entered }) => {
          showToast({ text: t("bank.entered", { count: entered, sum: sums.join(" + ") }), tone: "gain" });
          onClose();
        },
      },
    );
  const canRun = chosen.size > 0 && !enter.isPending;
  useShortcut("primary", run, { scope: "modal", enabled: canRun });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("bank.title", { file: reply.file })}
      closeLabel={t("common:close")}
      width={1080}
      footer={
        <div className="row">
          <span className="small muted grow">{t("bank.kept")}</span>
          {sums.length > 0 && <span className="num strong">{sums.join(" + ")}</span>}
          <Button kind="primary" icon={Banknote} keys={comboOf("primary")} isDisabled={!canRun} onPress={run}>
            {t("bank.enter", { count: chosen.size })}
          </Button>
        </div>
      }
    >
      <div className={styles.sheet}>
        <FormIssues texts={otherIssues(enter.error, [])} />
        {order}
        {reply.faults.length > 0 && (
          <Note tone="loss">
            <p className="medium">{t("bank.faults", { count: reply.faults.length })}</p>
            <ul>
              {reply.faults.map((fault, index) => (
                <li key={index}>{t("bank.fault", { line: fault.params.line, text: issueText(fault), value: fault.params.value })}</li>
              ))}
            </ul>
          </Note>
        )}
        {reply.lines.length === 0 ? <p className="muted">{t("bank.none")}</p> : <BankLines reply={reply} chosen={chosen} onChange={setChosen} />}
      </div>
    </Sheet>
  );
}
