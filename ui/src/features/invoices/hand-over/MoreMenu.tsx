import { Ellipsis, PackageCheck, Share } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../../app/errors";
import { IconButton } from "../../../components/IconButton";
import { Menu, MenuItem } from "../../../components/Menu";
import type { PackVerifyReply } from "../../../ipc/generated/types";
import { host } from "../../../ipc/host";
import { AccountingSheet } from "./AccountingSheet";
import { PackSheet } from "./PackSheet";

/** What finance does with invoices outside of the book: accounting, and proofs without it. */
export function MoreMenu({ month }: { month: string }) {
  const { t } = useTranslation("invoices");
  const [isOpen, setOpen] = useState(false);
  const [checked, setChecked] = useState<PackVerifyReply | null>(null);

  async function check() {
    const [path] = await host().openFiles({ filters: [{ name: t("pack.files"), extensions: ["zip"] }] });
    if (path === undefined) return;
    try {
      setChecked(await host().call("pack_verify", { path }));
    } catch (error) {
      showError(error);
    }
  }

  return (
    <>
      <Menu label={t("more")} placement="bottom end" trigger={<IconButton icon={Ellipsis} kind="default" label={t("more")} />}>
        <MenuItem icon={Share} onAction={() => setOpen(true)}>
          {t("accounting.action")}
        </MenuItem>
        <MenuItem icon={PackageCheck} onAction={() => void check()}>
          {t("pack.check")}
        </MenuItem>
      </Menu>
      {isOpen && <AccountingSheet month={month} onClose={() => setOpen(false)} />}
      {checked && <PackSheet reply={checked} onClose={() => setChecked(null)} />}
    </>
  );
}
