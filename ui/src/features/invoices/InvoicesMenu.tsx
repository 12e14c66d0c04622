import { useNavigate } from "@tanstack/react-router";
import { Banknote, Download, FileCode, FileDown, FolderDown, Scale } from "lucide-react";
import { useTranslation } from "react-i18next";
import { comboOf } from "../../app/shortcuts";
import { Button } from "../../components/Button";
import { Menu, MenuItem } from "../../components/Menu";
import type { EinvoiceFormat, InvoiceRow } from "../../ipc/generated/types";
import { MoreMenu } from "./hand-over/MoreMenu";
import { isMarked, type Marks } from "./model";
import type { InvoiceActions } from "./use-invoice-actions";

const FORMATS: readonly EinvoiceFormat[] = ["factur_x", "cii", "xrechnung", "peppol"];

export interface InvoicesMenuProps {
  rows: readonly InvoiceRow[];
  row: InvoiceRow | undefined;
  marks: Marks;
  actions: InvoiceActions;
}

/** PDFs of one, of the ticked or of all final documents, and the check of the whole book. */
export function InvoicesMenu({ rows, row, marks, actions }: InvoicesMenuProps) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const final = rows.filter((one) => one.state === "finalized");
  const marked = rows.filter((one) => one.state !== "held" && one.state !== "void" && isMarked(one, marks));
  const save = (some: readonly InvoiceRow[]) => void actions.savePdf(some);
  return (
    <>
      <Button icon={Banknote} onPress={() => void navigate({ to: "/invoices/open" })}>
        {t("open.title")}
      </Button>
      <Menu
        label={t("savePdf")}
        placement="bottom end"
        trigger={
          <Button icon={Download} isDisabled={actions.busy}>
            {t("savePdf")}
          </Button>
        }
      >
        {row && (
          <MenuItem icon={FileDown} detail={row.number ?? t("state.draft")} keys={comboOf("savePdf")} onAction={() => save([row])}>
            {t("saveThis")}
          </MenuItem>
        )}
        {marked.length > 0 && (
          <MenuItem icon={FileDown} onAction={() => save(marked)}>
            {t("saveMarked", { count: marked.length })}
          </MenuItem>
        )}
        {final.length > 0 && (
          <MenuItem icon={FileDown} onAction={() => save(final)}>
            {t("saveFinal", { count: final.length })}
          </MenuItem>
        )}
      </Menu>
      {final.length > 0 && row && (
        <Menu
          label={t("export.action")}
          placement="bottom end"
          trigger={
            <Button icon={FolderDown} isDisabled={actions.busy}>
              {t("export.action")}
            </Button>
          }
        >
          <MenuItem icon={FolderDown} onAction={() => void actions.exportMonth(row.month, null)}>
            {t("export.plain")}
          </MenuItem>
          {FORMATS.map((format) => (
            <MenuItem key={format} icon={FileCode} detail={t(`export.format.${format}`)} onAction={() => void actions.exportMonth(row.month, format)}>
              {t("export.withXml")}
            </MenuItem>
          ))}
        </Menu>
      )}
      <Button icon={Scale} isDisabled={actions.busy} onPress={() => void actions.verify(null)}>
        {t("verifyAll")}
      </Button>
      <MoreMenu month={rows[0]?.month ?? ""} />
    </>
  );
}
