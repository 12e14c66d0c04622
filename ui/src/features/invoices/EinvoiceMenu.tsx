import { FileCode } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Menu, MenuItem } from "../../components/Menu";
import type { EinvoiceFormat } from "../../ipc/generated/types";
import { EINVOICE_FORMATS, isHybrid } from "../../lib/einvoice";

interface EinvoiceMenuProps {
  trigger: ReactElement;
  label: string;
  /** What the customer wants: it stands first. */
  wanted: EinvoiceFormat | null;
  onSave: (format: EinvoiceFormat) => void;
}

/** Every form of e-invoice. */
export function EinvoiceMenu({ trigger, label, wanted, onSave }: EinvoiceMenuProps) {
  const { t } = useTranslation("einvoice");
  const others = EINVOICE_FORMATS.filter((format) => format !== wanted);
  const formats = wanted === null ? others : [wanted, ...others];
  return (
    <Menu trigger={trigger} label={label} placement="bottom end">
      {formats.map((format) => (
        <MenuItem
          key={format}
          icon={FileCode}
          checked={format === wanted}
          textValue={t(`formats.${format}`)}
          detail={format === wanted ? t("asWanted") : t(isHybrid(format) ? "pdf" : "xml")}
          onAction={() => onSave(format)}
        >
          {t(`formats.${format}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
