import { Check, CircleHelp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import type { CustomerTax, CustomerText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { countryName } from "../../lib/names";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";
import { isProposed } from "./model";
import { taxWords } from "./words";

interface TaxProposalProps {
  customer: CustomerText;
  onTake: (tax: CustomerTax) => void;
}

/** What is usual between the two countries and VAT ids, and why; or that a person must decide. */
export function TaxProposal({ customer, onTake }: TaxProposalProps) {
  const { t, i18n } = useTranslation("customers");
  const formats = useFormats();
  const request = { country: customer.address.country, taxId: customer.taxId };
  const reply = useCommand("tax_propose", request, { keepPrevious: true }).data;
  if (!reply || customer.address.country === "") return null;
  const { tax, reason } = reply;
  const percent = (value: string) => formats.percent(value, { places: value.includes(".") ? 1 : 0 });
  const why = t(`tax.why.${reason}`, {
    seller: countryName(reply.sellerCountry, i18n.language),
    buyer: countryName(customer.address.country, i18n.language),
  });
  const isTyped = tax?.kind === "rate" && tax.percent === null;
  const usual = tax === null ? t("tax.ask") : isTyped ? t("tax.usualTyped") : t("tax.usual", { tax: taxWords(tax, percent) });
  const isTaken = tax !== null && isProposed(customer.tax, tax);
  return (
    <div className={styles.proposal} role="note">
      <Icon icon={isTaken ? Check : CircleHelp} size="s" className={isTaken ? "gain" : "pencil"} />
      <p className="small grow">
        <span className="medium">{usual}</span> <span className="muted">{why}</span>
      </p>
      {tax !== null && !isTaken && (
        <Button size="small" onPress={() => onTake(isTyped ? { ...tax, percent: customer.tax.percent } : tax)}>
          {t("tax.take")}
        </Button>
      )}
    </div>
  );
}
